touch held
echo "I hold until you write again. What I push in minute 6 was announced, it still comes." | mail -s "Re: freeze" learner@lantern-tides.test
