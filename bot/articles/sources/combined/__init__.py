"""Several sources as one: the list that names them, their articles in one folder, what moderators added."""
