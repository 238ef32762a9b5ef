"""What is it: facts read from the words, possible doubles, possible sealed matters."""
