module PlaceholderTests
open Xunit
[<Fact>]
let ``placeholder`` () = Assert.Equal(1, Spectral.Dsl.Source.x)
