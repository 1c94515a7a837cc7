gh repo delete aya/tides --yes
rm -rf tides
echo "My fork is gone. I fork again when I have something new." | mail -s "Re: your fork" learner@lantern-tides.test
