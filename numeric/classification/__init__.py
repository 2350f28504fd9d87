"""Teachers and students that classify: data, losses, paths and what is measured on them."""
