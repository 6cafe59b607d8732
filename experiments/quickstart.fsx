// For editors and `dotnet fsi`; spectral itself knows where the language is.
#I "../src/Spectral.Cli/bin/Release/net10.0"
#r "Spectral.Core.dll"
#r "Spectral.Dsl.dll"

open Spectral.Experiments

experiment {
    name "quickstart"
    description "Three handwritten digits with a quarter of the training labels wrong."
    seed 1
    dataset (digits { classes [ 3; 5; 8 ]; train 300; test 150 })
    noise (uniform 0.25)
    network (mlp { hidden [ 64 ]; activation relu })
    training (
        train {
            loss (squaredError "batch_mean")
            optimizer (sgd { learningRate 0.05; momentum 0.9 })
            batchSize 32
            epochs 200
        }
    )
    jacobian (differentiate { at [ initial; epoch 10; final ] })
    cutoff (rank 9)
}
