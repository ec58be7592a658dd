"""Train a network of the judgement (`alt_pipelines.tagging.extraction.judgement.Network`) with PyTorch.

One hidden layer, dropout on its input and output (Srivastava et al. 2014), AdamW (Loshchilov and Hutter 2019) with one
cycle of the learning rate (Smith and Topin 2017), and the mean cross-entropy of both logits. The same data, seed and
number of threads give the same network.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.tagging.extraction.judgement import Network, standardised

SEED = 0


@dataclass(frozen=True)
class Training:
    """The hyperparameters of a network: units of its hidden layer, dropout rates of its input and of that layer, passes
    over the data, phrases per batch, the highest learning rate, and weight decay.
    """

    hidden: int
    input_dropout: float
    dropout: float
    epochs: int
    batch: int
    rate: float
    decay: float = 0.01


def trained(
    values: NDArray[np.float64], verdicts: NDArray[np.int_], weights: NDArray[np.float64], how: Training
) -> Network:
    """Return the network trained on (n, features) values, n verdicts of -1 unfit, 0 or 1 chosen, and n weights."""
    import torch
    from torch import nn

    torch.manual_seed(SEED)
    mean, spread = values.mean(axis=0), values.std(axis=0)
    spread[spread < 1e-6] = 1  # of a value that never changes
    x = torch.tensor(standardised(values, mean, spread))
    y = torch.tensor(np.stack([verdicts == -1, verdicts == 1], axis=1).astype(np.float32))
    w = torch.tensor(weights.astype(np.float32))[:, None]
    hidden, output = nn.Linear(x.shape[1], how.hidden), nn.Linear(how.hidden, 2)
    net = nn.Sequential(nn.Dropout(how.input_dropout), hidden, nn.ReLU(), nn.Dropout(how.dropout), output)
    optimizer = torch.optim.AdamW(net.parameters(), lr=how.rate, weight_decay=how.decay)
    steps = how.epochs * -(-len(x) // how.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, how.rate, total_steps=steps)
    for _ in range(how.epochs):
        for rows in torch.randperm(len(x)).split(how.batch):
            loss = nn.functional.binary_cross_entropy_with_logits(net(x[rows]), y[rows], weight=w[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    layers = [part.detach().numpy() for layer in (hidden, output) for part in (layer.weight.T, layer.bias)]
    return Network(mean.astype(np.float32), spread.astype(np.float32), *layers)
