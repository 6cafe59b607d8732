namespace Spectral.Dsl
module Source =
    let x = 1
