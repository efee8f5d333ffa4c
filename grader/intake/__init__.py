"""How a class hands in: folders and the exports of learning platforms, read as hostile."""
