# What is published: sources and settings, in {{OUT}}/.
mkdir -p {{OUT}}
cp src/*.js {{OUT}}/
