"""How the weights of ``recover/stages/type_styles/slant.py`` are fitted."""
