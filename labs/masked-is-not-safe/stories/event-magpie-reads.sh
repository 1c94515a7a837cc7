magpie
