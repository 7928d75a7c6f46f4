"""Fitting of the weights that ``claims/ranking/tables`` ships: data, regression, folds."""
