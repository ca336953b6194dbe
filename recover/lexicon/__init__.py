"""Words of Chinese and of English and how usual they are, for every stage that asks."""
