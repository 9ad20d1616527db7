"""From annotated articles to the shipped model: data, styles, model, train, calibrate, export, card."""
