// Made from the Catalog. A test says how to make it anew.
namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>Settings of <c>digits</c>: 1,797 handwritten digits of 8 x 8 grey pixels, embedded; about 180 of each
/// class.</summary>
[<Sealed>]
type DigitsBuilder internal () =
    inherit ComponentBuilder<Dataset>("digits")

    /// <summary>The digits to keep, in the order of the outputs. Expects a list of 2 or more, each item an integer in
    /// [0, 9].</summary>
    [<CustomOperation "classes">]
    member _.Classes
        (
            settings: Settings,
            value: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("classes", Tree.list [ for item in value -> Tree.integer (int64 item) ], file, line)

    /// <summary>Training examples, evenly over the classes. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "train">]
    member _.Train
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train", Tree.integer (int64 value), file, line)

    /// <summary>Test examples, evenly over the classes. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "test">]
    member _.Test
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test", Tree.integer (int64 value), file, line)

    /// <summary>Validation examples, evenly over the classes. Expects an integer of 0 or more. Unit:
    /// examples.</summary>
    [<CustomOperation "validation">]
    member _.Validation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("validation", Tree.integer (int64 value), file, line)

    /// <summary>(x - mean) / standard deviation of the chosen training examples, for all splits; a constant input
    /// becomes 0. Expects one of none, per_pixel, per_channel.</summary>
    [<CustomOperation "standardize">]
    member _.Standardize
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("standardize", Tree.text value, file, line)

    /// <summary>Divide every example by its Euclidean norm, after standardisation; the theory's inputs. Expects true or
    /// false.</summary>
    [<CustomOperation "unitNorm">]
    member _.UnitNorm
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("unit_norm", Tree.flag value, file, line)

/// <summary>Settings of <c>fashion_mnist</c>: 70,000 grey images of clothes, 28 x 28 pixels, in 10 classes: 6,000 and
/// 1,000 of each.</summary>
[<Sealed>]
type FashionMnistBuilder internal () =
    inherit ComponentBuilder<Dataset>("fashion_mnist")

    /// <summary>The classes to keep, by name or index, in the order of the outputs. Expects a list of 2 or more, each
    /// item one of t-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, ankle_boot, or its index in
    /// [0, 9].</summary>
    [<CustomOperation "classes">]
    member _.Classes
        (
            settings: Settings,
            value: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("classes", Tree.list [ for item in value -> Tree.text item ], file, line)

    /// <summary>Training examples, from the training files. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "train">]
    member _.Train
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train", Tree.integer (int64 value), file, line)

    /// <summary>Test examples, from the test files. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "test">]
    member _.Test
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test", Tree.integer (int64 value), file, line)

    /// <summary>Validation examples, from the training files, disjoint from training. Expects an integer of 0 or more.
    /// Unit: examples.</summary>
    [<CustomOperation "validation">]
    member _.Validation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("validation", Tree.integer (int64 value), file, line)

    /// <summary>Take equally many examples of every class; false takes the classes as they come. Expects true or
    /// false.</summary>
    [<CustomOperation "balanced">]
    member _.Balanced
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("balanced", Tree.flag value, file, line)

    /// <summary>(x - mean) / standard deviation of the chosen training examples, for all splits; a constant input
    /// becomes 0. Expects one of none, per_pixel, per_channel.</summary>
    [<CustomOperation "standardize">]
    member _.Standardize
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("standardize", Tree.text value, file, line)

    /// <summary>Divide every example by its Euclidean norm, after standardisation; the theory's inputs. Expects true or
    /// false.</summary>
    [<CustomOperation "unitNorm">]
    member _.UnitNorm
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("unit_norm", Tree.flag value, file, line)

    /// <summary>Require the published content by SHA-256; false for files of your own in the same layout. Expects true
    /// or false.</summary>
    [<CustomOperation "verify">]
    member _.Verify
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("verify", Tree.flag value, file, line)

/// <summary>Settings of <c>mnist</c>: 70,000 grey images of handwritten digits, 28 x 28 pixels; the classes are not
/// equally large.</summary>
[<Sealed>]
type MnistBuilder internal () =
    inherit ComponentBuilder<Dataset>("mnist")

    /// <summary>The classes to keep, by name or index, in the order of the outputs. Expects a list of 2 or more, each
    /// item one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, or its index in [0, 9].</summary>
    [<CustomOperation "classes">]
    member _.Classes
        (
            settings: Settings,
            value: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("classes", Tree.list [ for item in value -> Tree.text item ], file, line)

    /// <summary>Training examples, from the training files. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "train">]
    member _.Train
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train", Tree.integer (int64 value), file, line)

    /// <summary>Test examples, from the test files. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "test">]
    member _.Test
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test", Tree.integer (int64 value), file, line)

    /// <summary>Validation examples, from the training files, disjoint from training. Expects an integer of 0 or more.
    /// Unit: examples.</summary>
    [<CustomOperation "validation">]
    member _.Validation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("validation", Tree.integer (int64 value), file, line)

    /// <summary>Take equally many examples of every class; false takes the classes as they come. Expects true or
    /// false.</summary>
    [<CustomOperation "balanced">]
    member _.Balanced
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("balanced", Tree.flag value, file, line)

    /// <summary>(x - mean) / standard deviation of the chosen training examples, for all splits; a constant input
    /// becomes 0. Expects one of none, per_pixel, per_channel.</summary>
    [<CustomOperation "standardize">]
    member _.Standardize
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("standardize", Tree.text value, file, line)

    /// <summary>Divide every example by its Euclidean norm, after standardisation; the theory's inputs. Expects true or
    /// false.</summary>
    [<CustomOperation "unitNorm">]
    member _.UnitNorm
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("unit_norm", Tree.flag value, file, line)

    /// <summary>Require the published content by SHA-256; false for files of your own in the same layout. Expects true
    /// or false.</summary>
    [<CustomOperation "verify">]
    member _.Verify
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("verify", Tree.flag value, file, line)

/// <summary>Settings of <c>cifar10</c>: 60,000 colour photographs, 32 x 32 pixels, in 10 classes: 5,000 and 1,000 of
/// each.</summary>
[<Sealed>]
type Cifar10Builder internal () =
    inherit ComponentBuilder<Dataset>("cifar10")

    /// <summary>The classes to keep, by name or index, in the order of the outputs. Expects a list of 2 or more, each
    /// item one of airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck, or its index in [0,
    /// 9].</summary>
    [<CustomOperation "classes">]
    member _.Classes
        (
            settings: Settings,
            value: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("classes", Tree.list [ for item in value -> Tree.text item ], file, line)

    /// <summary>Training examples, from the training files. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "train">]
    member _.Train
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train", Tree.integer (int64 value), file, line)

    /// <summary>Test examples, from the test files. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "test">]
    member _.Test
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test", Tree.integer (int64 value), file, line)

    /// <summary>Validation examples, from the training files, disjoint from training. Expects an integer of 0 or more.
    /// Unit: examples.</summary>
    [<CustomOperation "validation">]
    member _.Validation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("validation", Tree.integer (int64 value), file, line)

    /// <summary>Take equally many examples of every class; false takes the classes as they come. Expects true or
    /// false.</summary>
    [<CustomOperation "balanced">]
    member _.Balanced
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("balanced", Tree.flag value, file, line)

    /// <summary>(x - mean) / standard deviation of the chosen training examples, for all splits; a constant input
    /// becomes 0. Expects one of none, per_pixel, per_channel.</summary>
    [<CustomOperation "standardize">]
    member _.Standardize
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("standardize", Tree.text value, file, line)

    /// <summary>Divide every example by its Euclidean norm, after standardisation; the theory's inputs. Expects true or
    /// false.</summary>
    [<CustomOperation "unitNorm">]
    member _.UnitNorm
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("unit_norm", Tree.flag value, file, line)

    /// <summary>Require the published content by SHA-256; false for files of your own in the same layout. Expects true
    /// or false.</summary>
    [<CustomOperation "verify">]
    member _.Verify
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("verify", Tree.flag value, file, line)

/// <summary>Settings of <c>cifar100</c>: 60,000 colour photographs, 32 x 32 pixels, in 100 classes (the fine labels):
/// 500 and 100 of each.</summary>
[<Sealed>]
type Cifar100Builder internal () =
    inherit ComponentBuilder<Dataset>("cifar100")

    /// <summary>The classes to keep, by name or index, in the order of the outputs. Expects a list of 2 or more, each
    /// item one of apple, aquarium_fish, baby, bear, beaver, bed, bee, beetle, bicycle, bottle, bowl, boy, bridge, bus,
    /// butterfly, camel, can, castle, caterpillar, cattle, chair, chimpanzee, clock, cloud, cockroach, couch, crab,
    /// crocodile, cup, dinosaur, dolphin, elephant, flatfish, forest, fox, girl, hamster, house, kangaroo, keyboard,
    /// lamp, lawn_mower, leopard, lion, lizard, lobster, man, maple_tree, motorcycle, mountain, mouse, mushroom,
    /// oak_tree, orange, orchid, otter, palm_tree, pear, pickup_truck, pine_tree, plain, plate, poppy, porcupine,
    /// possum, rabbit, raccoon, ray, road, rocket, rose, sea, seal, shark, shrew, skunk, skyscraper, snail, snake,
    /// spider, squirrel, streetcar, sunflower, sweet_pepper, table, tank, telephone, television, tiger, tractor, train,
    /// trout, tulip, turtle, wardrobe, whale, willow_tree, wolf, woman, worm, or its index in [0, 99].</summary>
    [<CustomOperation "classes">]
    member _.Classes
        (
            settings: Settings,
            value: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("classes", Tree.list [ for item in value -> Tree.text item ], file, line)

    /// <summary>Training examples, from the training files. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "train">]
    member _.Train
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train", Tree.integer (int64 value), file, line)

    /// <summary>Test examples, from the test files. Expects an integer of 1 or more. Unit: examples.
    /// Required.</summary>
    [<CustomOperation "test">]
    member _.Test
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test", Tree.integer (int64 value), file, line)

    /// <summary>Validation examples, from the training files, disjoint from training. Expects an integer of 0 or more.
    /// Unit: examples.</summary>
    [<CustomOperation "validation">]
    member _.Validation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("validation", Tree.integer (int64 value), file, line)

    /// <summary>Take equally many examples of every class; false takes the classes as they come. Expects true or
    /// false.</summary>
    [<CustomOperation "balanced">]
    member _.Balanced
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("balanced", Tree.flag value, file, line)

    /// <summary>(x - mean) / standard deviation of the chosen training examples, for all splits; a constant input
    /// becomes 0. Expects one of none, per_pixel, per_channel.</summary>
    [<CustomOperation "standardize">]
    member _.Standardize
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("standardize", Tree.text value, file, line)

    /// <summary>Divide every example by its Euclidean norm, after standardisation; the theory's inputs. Expects true or
    /// false.</summary>
    [<CustomOperation "unitNorm">]
    member _.UnitNorm
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("unit_norm", Tree.flag value, file, line)

    /// <summary>Require the published content by SHA-256; false for files of your own in the same layout. Expects true
    /// or false.</summary>
    [<CustomOperation "verify">]
    member _.Verify
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("verify", Tree.flag value, file, line)

/// <summary>Settings of <c>gaussian_mixture</c>: K classes of C Gaussian clusters each around unit-norm centres; drawn,
/// not read.</summary>
[<Sealed>]
type GaussianMixtureBuilder internal () =
    inherit ComponentBuilder<Dataset>("gaussian_mixture")

    /// <summary>K, the number of classes. Expects an integer in [2, 10000]. Required.</summary>
    [<CustomOperation "classes">]
    member _.Classes
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("classes", Tree.integer (int64 value), file, line)

    /// <summary>C, the clusters of each class. Expects an integer in [1, 10000].</summary>
    [<CustomOperation "clusters">]
    member _.Clusters
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("clusters", Tree.integer (int64 value), file, line)

    /// <summary>d, the inputs of an example. Expects an integer in [1, 1000000]. Required.</summary>
    [<CustomOperation "dimension">]
    member _.Dimension
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("dimension", Tree.integer (int64 value), file, line)

    /// <summary>The noise of the inputs: each has the standard deviation sigma / sqrt(d); 0 gives the centres
    /// themselves. Expects a real in [0, infinity). Required.</summary>
    [<CustomOperation "sigma">]
    member _.Sigma
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("sigma", Tree.real value, file, line)

    /// <summary>The least distance of any two centres, which have norm 1. Expects a real in [0, 2].</summary>
    [<CustomOperation "separation">]
    member _.Separation
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("separation", Tree.real value, file, line)

    /// <summary>Let the clusters take turns; false draws each example's cluster, as the definition does. Expects true
    /// or false.</summary>
    [<CustomOperation "balanced">]
    member _.Balanced
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("balanced", Tree.flag value, file, line)

    /// <summary>Training examples n. Expects an integer of 1 or more. Unit: examples. Required.</summary>
    [<CustomOperation "train">]
    member _.Train
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train", Tree.integer (int64 value), file, line)

    /// <summary>Test examples. Expects an integer of 1 or more. Unit: examples. Required.</summary>
    [<CustomOperation "test">]
    member _.Test
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test", Tree.integer (int64 value), file, line)

    /// <summary>Validation examples. Expects an integer of 0 or more. Unit: examples.</summary>
    [<CustomOperation "validation">]
    member _.Validation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("validation", Tree.integer (int64 value), file, line)

    /// <summary>(x - mean) / standard deviation of the chosen training examples, for all splits; a constant input
    /// becomes 0. Expects one of none, per_pixel, per_channel.</summary>
    [<CustomOperation "standardize">]
    member _.Standardize
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("standardize", Tree.text value, file, line)

    /// <summary>Divide every example by its Euclidean norm, after standardisation; the theory's inputs. Expects true or
    /// false.</summary>
    [<CustomOperation "unitNorm">]
    member _.UnitNorm
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("unit_norm", Tree.flag value, file, line)

/// <summary>Settings of <c>low_rank_linear</c>: Linear regression with one real target on inputs of low rank plus
/// noise; drawn, not read.</summary>
[<Sealed>]
type LowRankLinearBuilder internal () =
    inherit ComponentBuilder<Dataset>("low_rank_linear")

    /// <summary>n, training examples. Expects an integer of 1 or more. Unit: examples.</summary>
    [<CustomOperation "train">]
    member _.Train
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train", Tree.integer (int64 value), file, line)

    /// <summary>d, the inputs of an example. Expects an integer in [1, 1000000].</summary>
    [<CustomOperation "dimension">]
    member _.Dimension
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("dimension", Tree.integer (int64 value), file, line)

    /// <summary>r, the rank of the inputs without noise, at most n and d. Expects an integer of 1 or more.</summary>
    [<CustomOperation "rank">]
    member _.Rank
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("rank", Tree.integer (int64 value), file, line)

    /// <summary>sx: every input gets noise of variance sx^2 / n. Expects a real in [0, infinity).</summary>
    [<CustomOperation "inputNoise">]
    member _.InputNoise
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("input_noise", Tree.real value, file, line)

    /// <summary>sy: every target gets noise of variance sy^2 / n. Expects a real in [0, infinity).</summary>
    [<CustomOperation "targetNoise">]
    member _.TargetNoise
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("target_noise", Tree.real value, file, line)

    /// <summary>c in w* = c (v_1 + ... + v_r); the noiseless targets have the norm c sqrt(r). Expects a real in [0,
    /// infinity).</summary>
    [<CustomOperation "coefficient">]
    member _.Coefficient
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("coefficient", Tree.real value, file, line)

    /// <summary>Test examples: the training rows with fresh noise. Expects an integer of 1 or more. Unit:
    /// examples.</summary>
    [<CustomOperation "test">]
    member _.Test
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test", Tree.integer (int64 value), file, line)

    /// <summary>Validation examples, likewise. Expects an integer of 0 or more. Unit: examples.</summary>
    [<CustomOperation "validation">]
    member _.Validation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("validation", Tree.integer (int64 value), file, line)

/// <summary>Settings of <c>arrays</c>: Your own .npy files: inputs and integer labels for train and test.</summary>
[<Sealed>]
type ArraysBuilder internal () =
    inherit ComponentBuilder<Dataset>("arrays")

    /// <summary>Training inputs [n, ...]: float32, float64, or uint8 pixels, which are divided by 255. Expects the path
    /// of an .npy file. Required.</summary>
    [<CustomOperation "trainInputs">]
    member _.TrainInputs
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train_inputs", Tree.text value, file, line)

    /// <summary>Training labels [n]: int64, int32 or uint8, from 0. Expects the path of an .npy file.
    /// Required.</summary>
    [<CustomOperation "trainLabels">]
    member _.TrainLabels
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train_labels", Tree.text value, file, line)

    /// <summary>Test inputs [m, ...]. Expects the path of an .npy file. Required.</summary>
    [<CustomOperation "testInputs">]
    member _.TestInputs
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test_inputs", Tree.text value, file, line)

    /// <summary>Test labels [m]. Expects the path of an .npy file. Required.</summary>
    [<CustomOperation "testLabels">]
    member _.TestLabels
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("test_labels", Tree.text value, file, line)

    /// <summary>K; 0 means the largest label and one more. Expects an integer in [0, 1048576].</summary>
    [<CustomOperation "classes">]
    member _.Classes
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("classes", Tree.integer (int64 value), file, line)

    /// <summary>Validation examples, taken at random out of the training arrays. Expects an integer of 0 or more. Unit:
    /// examples.</summary>
    [<CustomOperation "validation">]
    member _.Validation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("validation", Tree.integer (int64 value), file, line)

    /// <summary>(x - mean) / standard deviation of the chosen training examples, for all splits; a constant input
    /// becomes 0. Expects one of none, per_pixel, per_channel.</summary>
    [<CustomOperation "standardize">]
    member _.Standardize
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("standardize", Tree.text value, file, line)

    /// <summary>Divide every example by its Euclidean norm, after standardisation; the theory's inputs. Expects true or
    /// false.</summary>
    [<CustomOperation "unitNorm">]
    member _.UnitNorm
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("unit_norm", Tree.flag value, file, line)

    /// <summary>SHA-256 of the four files, which they must have; the compiler fills it in where it is left out. Expects
    /// a list, each item a SHA-256 of 64 hexadecimal digits.</summary>
    [<CustomOperation "sha256">]
    member _.Sha256
        (
            settings: Settings,
            value: string list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("sha256", Tree.list [ for item in value -> Tree.text item ], file, line)

    /// <summary>Training and test examples, then the shape of one; filled in by the compiler, so leave it out. Expects
    /// a list, each item an integer of 1 or more.</summary>
    [<CustomOperation "sizes">]
    member _.Sizes
        (
            settings: Settings,
            value: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("sizes", Tree.list [ for item in value -> Tree.integer (int64 item) ], file, line)

/// <summary>Settings of <c>linear</c>: f = W x + b on the flattened example; parameters linear.weight,
/// linear.bias.</summary>
[<Sealed>]
type LinearBuilder internal () =
    inherit ComponentBuilder<Network>("linear")

    /// <summary>Whether an offset b is added. Expects true or false.</summary>
    [<CustomOperation "bias">]
    member _.Bias
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("bias", Tree.flag value, file, line)

    /// <summary>Distribution of the initial values. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "initialization">]
    member _.Initialization
        (
            settings: Settings,
            value: Component<Initialization>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("initialization", value.Node, file, line)

/// <summary>Settings of <c>one_hidden_layer</c>: The paper's V phi(W x) on flattened examples, V random signs;
/// hidden.weight is W, output.weight V.</summary>
[<Sealed>]
type OneHiddenLayerBuilder internal () =
    inherit ComponentBuilder<Network>("one_hidden_layer")

    /// <summary>Hidden units k. Expects an integer of 1 or more. Required.</summary>
    [<CustomOperation "hidden">]
    member _.Hidden
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("hidden", Tree.integer (int64 value), file, line)

    /// <summary>phi, elementwise; the theory wants it smooth. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "activation">]
    member _.Activation
        (
            settings: Settings,
            value: Component<Layer>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("activation", value.Node, file, line)

    /// <summary>Scale of the output layer V: every value is +-nu / sqrt(k K). Expects a real in (0,
    /// infinity).</summary>
    [<CustomOperation "nu">]
    member _.Nu
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("nu", Tree.real value, file, line)

    /// <summary>Whether W alone is trained, or V too. Expects one of first, both.</summary>
    [<CustomOperation "train">]
    member _.Train
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("train", Tree.text value, file, line)

    /// <summary>Distribution of W's initial values. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "initialization">]
    member _.Initialization
        (
            settings: Settings,
            value: Component<Initialization>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("initialization", value.Node, file, line)

/// <summary>Settings of <c>mlp</c>: A multilayer perceptron: flatten, then dense layers with an activation between
/// them.</summary>
[<Sealed>]
type MlpBuilder internal () =
    inherit ComponentBuilder<Network>("mlp")

    /// <summary>Width of each hidden layer. Expects a list, each item an integer of 1 or more. Required.</summary>
    [<CustomOperation "hidden">]
    member _.Hidden
        (
            settings: Settings,
            value: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("hidden", Tree.list [ for item in value -> Tree.integer (int64 item) ], file, line)

    /// <summary>The layer between dense layers. Expects a component (a kind, or one kind with its settings).</summary>
    [<CustomOperation "activation">]
    member _.Activation
        (
            settings: Settings,
            value: Component<Layer>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("activation", value.Node, file, line)

    /// <summary>Distribution of the initial values. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "initialization">]
    member _.Initialization
        (
            settings: Settings,
            value: Component<Initialization>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("initialization", value.Node, file, line)

/// <summary>Settings of <c>conv_net</c>: Stages of 3x3 convolutions with pools, then dense layers; parameters
/// features.N and classifier.N.</summary>
[<Sealed>]
type ConvNetBuilder internal () =
    inherit ComponentBuilder<Network>("conv_net")

    /// <summary>Channels of each stage. Expects a list of 1 or more, each item an integer in [1, 1048576].
    /// Required.</summary>
    [<CustomOperation "widths">]
    member _.Widths
        (
            settings: Settings,
            value: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("widths", Tree.list [ for item in value -> Tree.integer (int64 item) ], file, line)

    /// <summary>3x3 convolutions in each stage. Expects an integer in [1, 1000].</summary>
    [<CustomOperation "convolutions">]
    member _.Convolutions
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("convolutions", Tree.integer (int64 value), file, line)

    /// <summary>Pool of 2 by 2 behind each stage. Expects one of max, average, none.</summary>
    [<CustomOperation "pool">]
    member _.Pool
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("pool", Tree.text value, file, line)

    /// <summary>Widths of the dense layers before the last. Expects a list, each item an integer of 1 or
    /// more.</summary>
    [<CustomOperation "hidden">]
    member _.Hidden
        (
            settings: Settings,
            value: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("hidden", Tree.list [ for item in value -> Tree.integer (int64 item) ], file, line)

    /// <summary>Normalisation behind every convolution. Expects one of none, batch, group.</summary>
    [<CustomOperation "normalization">]
    member _.Normalization
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("normalization", Tree.text value, file, line)

    /// <summary>Groups of channels of each group normalisation; unused without one. Expects an integer of 1 or
    /// more.</summary>
    [<CustomOperation "groups">]
    member _.Groups
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("groups", Tree.integer (int64 value), file, line)

    /// <summary>The elementwise layer behind each hidden layer. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "activation">]
    member _.Activation
        (
            settings: Settings,
            value: Component<Layer>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("activation", value.Node, file, line)

    /// <summary>Distribution of the initial values. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "initialization">]
    member _.Initialization
        (
            settings: Settings,
            value: Component<Initialization>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("initialization", value.Node, file, line)

/// <summary>Settings of <c>resnet</c>: A residual network of 6m + 2 layers for small images, shortcut option A, no
/// convolution bias.</summary>
[<Sealed>]
type ResnetBuilder internal () =
    inherit ComponentBuilder<Network>("resnet")

    /// <summary>Layers with weights, 6m + 2: 8, 14, 20, 32, ... Expects an integer in [8, 10000]. Required.</summary>
    [<CustomOperation "depth">]
    member _.Depth
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("depth", Tree.integer (int64 value), file, line)

    /// <summary>Channels of the first stage; doubled twice. Expects an integer in [1, 1048576].</summary>
    [<CustomOperation "width">]
    member _.Width
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("width", Tree.integer (int64 value), file, line)

    /// <summary>Normalisation behind every convolution. Expects one of none, batch, group.</summary>
    [<CustomOperation "normalization">]
    member _.Normalization
        (
            settings: Settings,
            value: string,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("normalization", Tree.text value, file, line)

    /// <summary>Groups of channels of each group normalisation; unused without one. Expects an integer of 1 or
    /// more.</summary>
    [<CustomOperation "groups">]
    member _.Groups
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("groups", Tree.integer (int64 value), file, line)

    /// <summary>The elementwise layer. Expects a component (a kind, or one kind with its settings).</summary>
    [<CustomOperation "activation">]
    member _.Activation
        (
            settings: Settings,
            value: Component<Layer>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("activation", value.Node, file, line)

    /// <summary>Distribution of the initial values. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "initialization">]
    member _.Initialization
        (
            settings: Settings,
            value: Component<Initialization>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("initialization", value.Node, file, line)

    /// <summary>Factor of the last layer's initial values; small ones give small initial outputs. Expects a real in [0,
    /// infinity).</summary>
    [<CustomOperation "outputScale">]
    member _.OutputScale
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("output_scale", Tree.real value, file, line)

/// <summary>Settings of <c>dense</c>: z = W a + b on feature vectors.</summary>
[<Sealed>]
type DenseBuilder internal () =
    inherit ComponentBuilder<Layer>("dense")

    /// <summary>Features that come out. Expects an integer of 1 or more. Required.</summary>
    [<CustomOperation "outputs">]
    member _.Outputs
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("outputs", Tree.integer (int64 value), file, line)

    /// <summary>Whether an offset b is added. Expects true or false.</summary>
    [<CustomOperation "bias">]
    member _.Bias
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("bias", Tree.flag value, file, line)

    /// <summary>Distribution of the initial values. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "initialization">]
    member _.Initialization
        (
            settings: Settings,
            value: Component<Initialization>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("initialization", value.Node, file, line)

/// <summary>Settings of <c>conv2d</c>: Convolution of an image [channels, height, width] with square windows.</summary>
[<Sealed>]
type Conv2dBuilder internal () =
    inherit ComponentBuilder<Layer>("conv2d")

    /// <summary>Channels that come out. Expects an integer in [1, 1048576]. Required.</summary>
    [<CustomOperation "outputs">]
    member _.Outputs
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("outputs", Tree.integer (int64 value), file, line)

    /// <summary>Side of the window, in taps. Expects an integer in [1, 1024].</summary>
    [<CustomOperation "kernelSize">]
    member _.KernelSize
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("kernel_size", Tree.integer (int64 value), file, line)

    /// <summary>Step between windows. Expects an integer of 1 or more. Unit: pixels.</summary>
    [<CustomOperation "stride">]
    member _.Stride
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("stride", Tree.integer (int64 value), file, line)

    /// <summary>Zeros on each side of the image. Expects an integer in [0, 1024]. Unit: pixels.</summary>
    [<CustomOperation "padding">]
    member _.Padding
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("padding", Tree.integer (int64 value), file, line)

    /// <summary>Step between taps. Expects an integer of 1 or more. Unit: pixels.</summary>
    [<CustomOperation "dilation">]
    member _.Dilation
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("dilation", Tree.integer (int64 value), file, line)

    /// <summary>Groups of channels that do not see each other. Expects an integer of 1 or more.</summary>
    [<CustomOperation "groups">]
    member _.Groups
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("groups", Tree.integer (int64 value), file, line)

    /// <summary>Whether an offset is added for each output channel. Expects true or false.</summary>
    [<CustomOperation "bias">]
    member _.Bias
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("bias", Tree.flag value, file, line)

    /// <summary>Distribution of the initial values. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "initialization">]
    member _.Initialization
        (
            settings: Settings,
            value: Component<Initialization>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("initialization", value.Node, file, line)

/// <summary>Settings of <c>batch_norm</c>: Normalises each channel by the batch's statistics in training and by running
/// ones in evaluation.</summary>
[<Sealed>]
type BatchNormBuilder internal () =
    inherit ComponentBuilder<Layer>("batch_norm")

    /// <summary>Weight of a new batch in the running mean and variance. Expects a real in [0, 1].</summary>
    [<CustomOperation "momentum">]
    member _.Momentum
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("momentum", Tree.real value, file, line)

    /// <summary>Added to the variance. Expects a real in (0, infinity).</summary>
    [<CustomOperation "epsilon">]
    member _.Epsilon
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epsilon", Tree.real value, file, line)

/// <summary>Settings of <c>group_norm</c>: Normalises each example within groups of channels.</summary>
[<Sealed>]
type GroupNormBuilder internal () =
    inherit ComponentBuilder<Layer>("group_norm")

    /// <summary>Groups of channels, each normalised on its own. Expects an integer of 1 or more. Required.</summary>
    [<CustomOperation "groups">]
    member _.Groups
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("groups", Tree.integer (int64 value), file, line)

    /// <summary>Added to the variance. Expects a real in (0, infinity).</summary>
    [<CustomOperation "epsilon">]
    member _.Epsilon
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epsilon", Tree.real value, file, line)

/// <summary>Settings of <c>layer_norm</c>: Normalises each example over all its elements.</summary>
[<Sealed>]
type LayerNormBuilder internal () =
    inherit ComponentBuilder<Layer>("layer_norm")

    /// <summary>Added to the variance. Expects a real in (0, infinity).</summary>
    [<CustomOperation "epsilon">]
    member _.Epsilon
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epsilon", Tree.real value, file, line)

/// <summary>Settings of <c>max_pool</c>: The largest value in each window of an image, channel by channel.</summary>
[<Sealed>]
type MaxPoolBuilder internal () =
    inherit ComponentBuilder<Layer>("max_pool")

    /// <summary>Side of the window. Expects an integer in [1, 1024]. Unit: pixels. Required.</summary>
    [<CustomOperation "kernelSize">]
    member _.KernelSize
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("kernel_size", Tree.integer (int64 value), file, line)

    /// <summary>Step between windows; 0 takes the window's side. Expects an integer of 0 or more. Unit:
    /// pixels.</summary>
    [<CustomOperation "stride">]
    member _.Stride
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("stride", Tree.integer (int64 value), file, line)

    /// <summary>Pixels that no maximum takes on each side. Expects an integer of 0 or more. Unit: pixels.</summary>
    [<CustomOperation "padding">]
    member _.Padding
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("padding", Tree.integer (int64 value), file, line)

/// <summary>Settings of <c>average_pool</c>: The mean of each window of an image, channel by channel; zeros of the
/// padding count.</summary>
[<Sealed>]
type AveragePoolBuilder internal () =
    inherit ComponentBuilder<Layer>("average_pool")

    /// <summary>Side of the window. Expects an integer in [1, 1024]. Unit: pixels. Required.</summary>
    [<CustomOperation "kernelSize">]
    member _.KernelSize
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("kernel_size", Tree.integer (int64 value), file, line)

    /// <summary>Step between windows; 0 takes the window's side. Expects an integer of 0 or more. Unit:
    /// pixels.</summary>
    [<CustomOperation "stride">]
    member _.Stride
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("stride", Tree.integer (int64 value), file, line)

    /// <summary>Zeros on each side. Expects an integer of 0 or more. Unit: pixels.</summary>
    [<CustomOperation "padding">]
    member _.Padding
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("padding", Tree.integer (int64 value), file, line)

/// <summary>Settings of <c>leaky_relu</c>: x where it is positive and slope * x elsewhere.</summary>
[<Sealed>]
type LeakyReluBuilder internal () =
    inherit ComponentBuilder<Layer>("leaky_relu")

    /// <summary>Derivative on the negative side. Expects a real in [0, infinity).</summary>
    [<CustomOperation "slope">]
    member _.Slope
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("slope", Tree.real value, file, line)

/// <summary>Settings of <c>he_normal</c>: Normal weights of variance 2 / fan_in, biases 0; keeps the size of signals
/// through relu layers.</summary>
[<Sealed>]
type HeNormalBuilder internal () =
    inherit ComponentBuilder<Initialization>("he_normal")

    /// <summary>Factor of every value; 1 is the source's own. Expects a real in [0, infinity).</summary>
    [<CustomOperation "gain">]
    member _.Gain
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("gain", Tree.real value, file, line)

/// <summary>Settings of <c>he_uniform</c>: Uniform weights of variance 2 / fan_in, in +-sqrt(6 / fan_in), biases
/// 0.</summary>
[<Sealed>]
type HeUniformBuilder internal () =
    inherit ComponentBuilder<Initialization>("he_uniform")

    /// <summary>Factor of every value; 1 is the source's own. Expects a real in [0, infinity).</summary>
    [<CustomOperation "gain">]
    member _.Gain
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("gain", Tree.real value, file, line)

/// <summary>Settings of <c>xavier_normal</c>: Normal weights of variance 2 / (fan_in + fan_out), biases 0.</summary>
[<Sealed>]
type XavierNormalBuilder internal () =
    inherit ComponentBuilder<Initialization>("xavier_normal")

    /// <summary>Factor of every value; 1 is the source's own. Expects a real in [0, infinity).</summary>
    [<CustomOperation "gain">]
    member _.Gain
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("gain", Tree.real value, file, line)

/// <summary>Settings of <c>xavier_uniform</c>: Uniform weights of variance 2 / (fan_in + fan_out), in +-sqrt(6 /
/// (fan_in + fan_out)), biases 0.</summary>
[<Sealed>]
type XavierUniformBuilder internal () =
    inherit ComponentBuilder<Initialization>("xavier_uniform")

    /// <summary>Factor of every value; 1 is the source's own. Expects a real in [0, infinity).</summary>
    [<CustomOperation "gain">]
    member _.Gain
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("gain", Tree.real value, file, line)

/// <summary>Settings of <c>lecun_normal</c>: Normal weights of variance 1 / fan_in, biases 0; `normal` is the same with
/// normal biases.</summary>
[<Sealed>]
type LecunNormalBuilder internal () =
    inherit ComponentBuilder<Initialization>("lecun_normal")

    /// <summary>Factor of every value; 1 is the source's own. Expects a real in [0, infinity).</summary>
    [<CustomOperation "gain">]
    member _.Gain
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("gain", Tree.real value, file, line)

/// <summary>Settings of <c>normal</c>: Normal with mean 0 and standard deviation gain / sqrt(fan_in), weights and
/// biases.</summary>
[<Sealed>]
type NormalBuilder internal () =
    inherit ComponentBuilder<Initialization>("normal")

    /// <summary>Standard deviation times sqrt(fan_in): 1 after LeCun, sqrt 2 after He. Expects a real in [0,
    /// infinity).</summary>
    [<CustomOperation "gain">]
    member _.Gain
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("gain", Tree.real value, file, line)

/// <summary>Settings of <c>unscaled_normal</c>: Normal with mean 0 and the given standard deviation whatever the fans,
/// weights and biases.</summary>
[<Sealed>]
type UnscaledNormalBuilder internal () =
    inherit ComponentBuilder<Initialization>("unscaled_normal")

    /// <summary>Standard deviation of every value. Expects a real in [0, infinity).</summary>
    [<CustomOperation "deviation">]
    member _.Deviation
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("deviation", Tree.real value, file, line)

/// <summary>Settings of <c>signs</c>: scale / sqrt(fan_in fan_out) with a random sign; biases 0.</summary>
[<Sealed>]
type SignsBuilder internal () =
    inherit ComponentBuilder<Initialization>("signs")

    /// <summary>Size of every value, times sqrt(fan_in fan_out). Expects a real in [0, infinity).</summary>
    [<CustomOperation "scale">]
    member _.Scale
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("scale", Tree.real value, file, line)

/// <summary>Settings of <c>scaled</c>: The values of another initialisation times a factor, weights and
/// biases.</summary>
[<Sealed>]
type ScaledBuilder internal () =
    inherit ComponentBuilder<Initialization>("scaled")

    /// <summary>Factor of every value. Expects a real in [0, infinity). Required.</summary>
    [<CustomOperation "factor">]
    member _.Factor
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("factor", Tree.real value, file, line)

    /// <summary>The initialisation that is scaled. Expects a component (a kind, or one kind with its
    /// settings).</summary>
    [<CustomOperation "ofInitialization">]
    member _.OfInitialization
        (
            settings: Settings,
            value: Component<Initialization>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("of", value.Node, file, line)

/// <summary>Settings of <c>sgd</c>: Gradient descent on batches, with momentum and weight decay.</summary>
[<Sealed>]
type SgdBuilder internal () =
    inherit ComponentBuilder<Optimizer>("sgd")

    /// <summary>Step size eta. Expects a real in (0, infinity). Unit: per unit of the loss. Required.</summary>
    [<CustomOperation "learningRate">]
    member _.LearningRate
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("learning_rate", Tree.real value, file, line)

    /// <summary>mu of v = mu v + g, w = w - eta v; without dampening, and v = g in the first step. Expects a real in
    /// [0, 1).</summary>
    [<CustomOperation "momentum">]
    member _.Momentum
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("momentum", Tree.real value, file, line)

    /// <summary>Whether the step is g + mu v instead of v. Expects true or false.</summary>
    [<CustomOperation "nesterov">]
    member _.Nesterov
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("nesterov", Tree.flag value, file, line)

    /// <summary>lambda of g = gradient + lambda w, on every trained parameter. Expects a real in [0, infinity). Unit:
    /// unit of the loss per squared parameter.</summary>
    [<CustomOperation "weightDecay">]
    member _.WeightDecay
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("weight_decay", Tree.real value, file, line)

/// <summary>Settings of <c>adam</c>: Adaptive steps from running means of the gradient and its square.</summary>
[<Sealed>]
type AdamBuilder internal () =
    inherit ComponentBuilder<Optimizer>("adam")

    /// <summary>Step size eta. Expects a real in (0, infinity). Unit: unit of the parameters.</summary>
    [<CustomOperation "learningRate">]
    member _.LearningRate
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("learning_rate", Tree.real value, file, line)

    /// <summary>beta_1 of m = beta_1 m + (1 - beta_1) g, divided by 1 - beta_1^t. Expects a real in [0, 1).</summary>
    [<CustomOperation "beta1">]
    member _.Beta1
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("beta1", Tree.real value, file, line)

    /// <summary>beta_2 of v = beta_2 v + (1 - beta_2) g^2, divided by 1 - beta_2^t. Expects a real in [0, 1).</summary>
    [<CustomOperation "beta2">]
    member _.Beta2
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("beta2", Tree.real value, file, line)

    /// <summary>Added to sqrt(v). Expects a real in (0, infinity). Unit: unit of the loss per parameter.</summary>
    [<CustomOperation "epsilon">]
    member _.Epsilon
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epsilon", Tree.real value, file, line)

    /// <summary>lambda of g = gradient + lambda w, on every trained parameter. Expects a real in [0, infinity). Unit:
    /// unit of the loss per squared parameter.</summary>
    [<CustomOperation "weightDecay">]
    member _.WeightDecay
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("weight_decay", Tree.real value, file, line)

/// <summary>Settings of <c>adamw</c>: Adam with weight decay apart from the gradient: adaptive steps for each
/// parameter.</summary>
[<Sealed>]
type AdamwBuilder internal () =
    inherit ComponentBuilder<Optimizer>("adamw")

    /// <summary>Step size eta. Expects a real in (0, infinity). Unit: unit of the parameters.</summary>
    [<CustomOperation "learningRate">]
    member _.LearningRate
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("learning_rate", Tree.real value, file, line)

    /// <summary>beta_1 of m = beta_1 m + (1 - beta_1) g, divided by 1 - beta_1^t. Expects a real in [0, 1).</summary>
    [<CustomOperation "beta1">]
    member _.Beta1
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("beta1", Tree.real value, file, line)

    /// <summary>beta_2 of v = beta_2 v + (1 - beta_2) g^2, divided by 1 - beta_2^t. Expects a real in [0, 1).</summary>
    [<CustomOperation "beta2">]
    member _.Beta2
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("beta2", Tree.real value, file, line)

    /// <summary>Added to sqrt(v). Expects a real in (0, infinity). Unit: unit of the loss per parameter.</summary>
    [<CustomOperation "epsilon">]
    member _.Epsilon
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epsilon", Tree.real value, file, line)

    /// <summary>lambda of w = (1 - eta lambda) w before every step. Expects a real in [0, infinity). Unit: per unit of
    /// the learning rate.</summary>
    [<CustomOperation "weightDecay">]
    member _.WeightDecay
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("weight_decay", Tree.real value, file, line)

/// <summary>Settings of <c>step</c>: The rate is multiplied by a factor after each of some epochs.</summary>
[<Sealed>]
type StepBuilder internal () =
    inherit ComponentBuilder<Schedule>("step")

    /// <summary>Numbers of finished epochs after which the rate changes. Expects a list of 1 or more, each item an
    /// integer of 1 or more. Unit: epochs. Required.</summary>
    [<CustomOperation "at">]
    member _.At
        (
            settings: Settings,
            value: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("at", Tree.list [ for item in value -> Tree.integer (int64 item) ], file, line)

    /// <summary>What the rate is multiplied by each time. Expects a real in (0, infinity).</summary>
    [<CustomOperation "factor">]
    member _.Factor
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("factor", Tree.real value, file, line)

/// <summary>Settings of <c>cosine</c>: The rate falls along half a cosine wave to a floor and stays there.</summary>
[<Sealed>]
type CosineBuilder internal () =
    inherit ComponentBuilder<Schedule>("cosine")

    /// <summary>The number of finished epochs at which the floor is reached. Expects an integer of 1 or more. Unit:
    /// epochs. Required.</summary>
    [<CustomOperation "toEpoch">]
    member _.ToEpoch
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("to", Tree.integer (int64 value), file, line)

    /// <summary>The fraction of the rate that remains. Expects a real in [0, 1]. Unit: learning_rate.</summary>
    [<CustomOperation "floor">]
    member _.Floor
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("floor", Tree.real value, file, line)

/// <summary>Settings of <c>warmup</c>: The rate rises linearly over the first epochs; then another schedule
/// begins.</summary>
[<Sealed>]
type WarmupBuilder internal () =
    inherit ComponentBuilder<Schedule>("warmup")

    /// <summary>The number E of epochs of the rise; their factors are 1/E, 2/E, ..., 1. Expects an integer of 1 or
    /// more. Unit: epochs. Required.</summary>
    [<CustomOperation "epochs">]
    member _.Epochs
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("epochs", Tree.integer (int64 value), file, line)

    /// <summary>The schedule after it, which counts epochs from its own beginning. Expects a component (a kind, or one
    /// kind with its settings).</summary>
    [<CustomOperation "thenSchedule">]
    member _.ThenSchedule
        (
            settings: Settings,
            value: Component<Schedule>,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("then", value.Node, file, line)

/// <summary>Settings of <c>horizontal_flip</c>: Each image of a batch is mirrored left to right with a
/// probability.</summary>
[<Sealed>]
type HorizontalFlipBuilder internal () =
    inherit ComponentBuilder<Augmentation>("horizontal_flip")

    /// <summary>How likely an image is mirrored. Expects a real in [0, 1].</summary>
    [<CustomOperation "probability">]
    member _.Probability
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("probability", Tree.real value, file, line)

/// <summary>Settings of <c>residual_energy</c>: ||P_I r||^2 and ||P_N r||^2 of the residual over ||r_0||^2, for given,
/// clean and centred labels.</summary>
[<Sealed>]
type ResidualEnergyBuilder internal () =
    inherit ComponentBuilder<Analysis>("residual_energy")

    /// <summary>Checkpoint in whose spaces the residuals of all recorded epochs are measured. Expects a checkpoint of
    /// jacobian.at: initial, final, an epoch, 'step N', best_test or best_validation.</summary>
    [<CustomOperation "reference">]
    member _.Reference
        (
            settings: Settings,
            value: Moment,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("reference", value.Node, file, line)

/// <summary>Settings of <c>singular_values</c>: Singular values by index, and the largest ratio of neighbours beyond an
/// index.</summary>
[<Sealed>]
type SingularValuesBuilder internal () =
    inherit ComponentBuilder<Analysis>("singular_values")

    /// <summary>Indices s of singular values, from 1. Expects a list of 1 or more, each item an integer of 1 or more.
    /// Required.</summary>
    [<CustomOperation "indices">]
    member _.Indices
        (
            settings: Settings,
            value: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("indices", Tree.list [ for item in value -> Tree.integer (int64 item) ], file, line)

    /// <summary>The largest ratio sigma_s / sigma_{s+1} is looked for at s above this index. Expects an integer of 0 or
    /// more.</summary>
    [<CustomOperation "beyond">]
    member _.Beyond
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("beyond", Tree.integer (int64 value), file, line)

/// <summary>Settings of <c>spectrum_shape</c>: Effective and stable rank, participation ratio, effective dimension,
/// trace ratios, and a histogram.</summary>
[<Sealed>]
type SpectrumShapeBuilder internal () =
    inherit ComponentBuilder<Analysis>("spectrum_shape")

    /// <summary>The k of the trace ratios T_k, the share of ||J||_F^2 in the k largest singular values. Expects a list
    /// of 1 or more, each item an integer of 1 or more.</summary>
    [<CustomOperation "traces">]
    member _.Traces
        (
            settings: Settings,
            value: int list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("traces", Tree.list [ for item in value -> Tree.integer (int64 item) ], file, line)

    /// <summary>z of the effective dimension sum lambda / (lambda + z); 0 for alpha^2 of the cutoff. Expects a real in
    /// [0, infinity). Unit: sigma of J squared.</summary>
    [<CustomOperation "damping">]
    member _.Damping
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("damping", Tree.real value, file, line)

    /// <summary>Bins of the histogram for a factor of 10 of sigma. Expects an integer in [1, 1000].</summary>
    [<CustomOperation "binsPerDecade">]
    member _.BinsPerDecade
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("bins_per_decade", Tree.integer (int64 value), file, line)

/// <summary>Settings of <c>kernel_alignment</c>: y_c^T K_c y_c / (||K_c||_F ||y_c||^2) of the centred empirical NTK; by
/// layer and by corruption.</summary>
[<Sealed>]
type KernelAlignmentBuilder internal () =
    inherit ComponentBuilder<Analysis>("kernel_alignment")

    /// <summary>Whether each layer's part of the kernel is measured: a Gram matrix [nK, nK] for each. Expects true or
    /// false.</summary>
    [<CustomOperation "layers">]
    member _.Layers
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("layers", Tree.flag value, file, line)

    /// <summary>Whether corrupted and uncorrupted training examples are measured apart, too: one Gram matrix [nK, nK].
    /// Expects true or false.</summary>
    [<CustomOperation "groups">]
    member _.Groups
        (
            settings: Settings,
            value: bool,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("groups", Tree.flag value, file, line)

/// <summary>Settings of <c>energy_bracket</c>: Bounds of ||P_I v||^2/||v||^2 for labels and residuals without singular
/// vectors, by Lanczos.</summary>
[<Sealed>]
type EnergyBracketBuilder internal () =
    inherit ComponentBuilder<Analysis>("energy_bracket")

    /// <summary>Lanczos steps: more make the bounds narrower. Expects an integer of 2 or more.</summary>
    [<CustomOperation "steps">]
    member _.Steps
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("steps", Tree.integer (int64 value), file, line)

    /// <summary>More cutoffs alpha beside the run's own: rows of the table energy_bracket. Expects a list, each item a
    /// real in (0, infinity). Unit: sigma of J.</summary>
    [<CustomOperation "cutoffs">]
    member _.Cutoffs
        (
            settings: Settings,
            value: float list,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("cutoffs", Tree.list [ for item in value -> Tree.real item ], file, line)

/// <summary>Settings of <c>spectral_density</c>: How many singular values lie where, by stochastic Lanczos quadrature,
/// with Monte-Carlo intervals.</summary>
[<Sealed>]
type SpectralDensityBuilder internal () =
    inherit ComponentBuilder<Analysis>("spectral_density")

    /// <summary>Random probes: more make the intervals narrower. Expects an integer of 2 or more.</summary>
    [<CustomOperation "probes">]
    member _.Probes
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("probes", Tree.integer (int64 value), file, line)

    /// <summary>Lanczos steps of each probe: more resolve more. Expects an integer of 2 or more.</summary>
    [<CustomOperation "steps">]
    member _.Steps
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("steps", Tree.integer (int64 value), file, line)

    /// <summary>Bins of the table for a factor of 10 in sigma. Expects an integer in [1, 100].</summary>
    [<CustomOperation "binsPerDecade">]
    member _.BinsPerDecade
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("bins_per_decade", Tree.integer (int64 value), file, line)

/// <summary>Settings of <c>direction_decay</c>: Residual energy along leading directions by epoch, beside the linear
/// model's, and half-lives.</summary>
[<Sealed>]
type DirectionDecayBuilder internal () =
    inherit ComponentBuilder<Analysis>("direction_decay")

    /// <summary>Checkpoint whose singular directions are followed, from its epoch on. Expects a checkpoint of
    /// jacobian.at: initial, final, an epoch, 'step N', best_test or best_validation.</summary>
    [<CustomOperation "checkpoint">]
    member _.Checkpoint
        (
            settings: Settings,
            value: Moment,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("checkpoint", value.Node, file, line)

    /// <summary>How many leading directions are followed; at most the cutoff's rank. Expects an integer of 1 or
    /// more.</summary>
    [<CustomOperation "directions">]
    member _.Directions
        (
            settings: Settings,
            value: int,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("directions", Tree.integer (int64 value), file, line)

/// <summary>Settings of <c>kernel_distance</c>: Kernel distance and velocity between checkpoints, and how far J has
/// moved in two norms.</summary>
[<Sealed>]
type KernelDistanceBuilder internal () =
    inherit ComponentBuilder<Analysis>("kernel_distance")

    /// <summary>Checkpoint that all others are compared with; initial may be left out of jacobian.at. Expects a
    /// checkpoint of jacobian.at: initial, final, an epoch, 'step N', best_test or best_validation.</summary>
    [<CustomOperation "reference">]
    member _.Reference
        (
            settings: Settings,
            value: Moment,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("reference", value.Node, file, line)

/// <summary>Settings of <c>subspace_overlap</c>: Overlap and principal angles between each checkpoint's information
/// space and a reference's.</summary>
[<Sealed>]
type SubspaceOverlapBuilder internal () =
    inherit ComponentBuilder<Analysis>("subspace_overlap")

    /// <summary>Checkpoint whose information space all others are compared with. Expects a checkpoint of jacobian.at:
    /// initial, final, an epoch, 'step N', best_test or best_validation.</summary>
    [<CustomOperation "reference">]
    member _.Reference
        (
            settings: Settings,
            value: Moment,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("reference", value.Node, file, line)

/// <summary>Settings of <c>spectral_early_stopping</c>: The paper's stopping time from J(W_0), beside the epochs of
/// least test energy and least test error.</summary>
[<Sealed>]
type SpectralEarlyStoppingBuilder internal () =
    inherit ComponentBuilder<Analysis>("spectral_early_stopping")

    /// <summary>Gamma of T = Gamma / (eta alpha^2): the residual on the information space falls to e^-Gamma of its
    /// start. Expects a real in (0, infinity).</summary>
    [<CustomOperation "gamma">]
    member _.Gamma
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("gamma", Tree.real value, file, line)

/// <summary>Settings of <c>theorems</c>: The paper's theorems term by term: hypotheses, widths, bounds, and what was
/// measured beside them.</summary>
[<Sealed>]
type TheoremsBuilder internal () =
    inherit ComponentBuilder<Analysis>("theorems")

    /// <summary>Gamma: training lasts until eta T = Gamma / alpha^2, and exp(-Gamma) of the information part is left.
    /// Expects a real in [1, infinity).</summary>
    [<CustomOperation "gamma">]
    member _.Gamma
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("gamma", Tree.real value, file, line)

    /// <summary>Knob of the cutoff: alpha_0 = abar n^(1/4) sqrt(K ||X||) B of Sigma(X)^(1/2), nu alpha_0 / sqrt K of
    /// J(W_0). Expects a real in (0, infinity).</summary>
    [<CustomOperation "abar">]
    member _.Abar
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("abar", Tree.real value, file, line)

    /// <summary>zeta, the precision of the residual. Expects a real in (0, 0.5].</summary>
    [<CustomOperation "zeta">]
    member _.Zeta
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("zeta", Tree.real value, file, line)

    /// <summary>Probability with which a bound of the error may fail. Expects a real in (0, 1).</summary>
    [<CustomOperation "delta">]
    member _.Delta
        (
            settings: Settings,
            value: float,
            [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string,
            [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int
        ) =
        settings.With("delta", Tree.real value, file, line)

/// <summary>Every kind of the Catalog.</summary>
[<AutoOpen>]
module Components =

    /// <summary>1,797 handwritten digits of 8 x 8 grey pixels, embedded; about 180 of each class.</summary>
    let digits = DigitsBuilder()

    /// <summary>70,000 grey images of clothes, 28 x 28 pixels, in 10 classes: 6,000 and 1,000 of each.</summary>
    let fashionMnist = FashionMnistBuilder()

    /// <summary>70,000 grey images of handwritten digits, 28 x 28 pixels; the classes are not equally large.</summary>
    let mnist = MnistBuilder()

    /// <summary>60,000 colour photographs, 32 x 32 pixels, in 10 classes: 5,000 and 1,000 of each.</summary>
    let cifar10 = Cifar10Builder()

    /// <summary>60,000 colour photographs, 32 x 32 pixels, in 100 classes (the fine labels): 500 and 100 of
    /// each.</summary>
    let cifar100 = Cifar100Builder()

    /// <summary>K classes of C Gaussian clusters each around unit-norm centres; drawn, not read.</summary>
    let gaussianMixture = GaussianMixtureBuilder()

    /// <summary>Linear regression with one real target on inputs of low rank plus noise; drawn, not read.</summary>
    let lowRankLinear = LowRankLinearBuilder()

    /// <summary>Your own .npy files: inputs and integer labels for train and test.</summary>
    let arrays = ArraysBuilder()

    /// <summary>Clean training labels.</summary>
    let noNoise = Component<LabelNoise>("none", None)

    /// <summary>A fraction of the training labels becomes a uniformly random other class.</summary>
    /// <param name="rate">Fraction rho of the training labels that are replaced; exactly round(rho n) of them. Expects
    /// a real in [0, 1]. Unit: fraction of n. Required.</param>
    let uniform (rate: float) =
        Component<LabelNoise>.Of("uniform", "rate", Tree.real rate)

    /// <summary>A fraction of the training labels becomes the next class, c + 1 mod K in the order of the
    /// outputs.</summary>
    /// <param name="rate">Fraction rho of the training labels that are replaced; exactly round(rho n) of them. Expects
    /// a real in [0, 1]. Unit: fraction of n. Required.</param>
    let pairFlip (rate: float) =
        Component<LabelNoise>.Of("pair_flip", "rate", Tree.real rate)

    /// <summary>Every training label is drawn from its class' row of a confusion matrix; counts are random.</summary>
    /// <param name="matrix">Row c holds the probabilities that a label of class c is given as each class; K rows of K,
    /// each of sum 1. Expects a list of 2 or more, each item a list of 1 or more, each item a real in [0, 1]. Unit:
    /// probability. Required.</param>
    let confusion (matrix: float list list) =
        Component<LabelNoise>.Of("confusion", "matrix", Tree.list [ for item in matrix -> Tree.list [ for item in item -> Tree.real item ] ])

    /// <summary>The targets of a fraction of the training examples are permuted among themselves; class counts
    /// stay.</summary>
    /// <param name="rate">Fraction rho of the training examples that permute their targets; exactly round(rho n) of
    /// them. Expects a real in [0, 1]. Unit: fraction of n. Required.</param>
    let permuted (rate: float) =
        Component<LabelNoise>.Of("permuted", "rate", Tree.real rate)

    /// <summary>Independent Gaussian noise on every training target, one-hot or real; class labels stay.</summary>
    /// <param name="standardDeviation">Standard deviation of the number added to each of the n K training targets.
    /// Expects a real in [0, infinity). Unit: units of the targets. Required.</param>
    let gaussian (standardDeviation: float) =
        Component<LabelNoise>.Of("gaussian", "standard_deviation", Tree.real standardDeviation)

    /// <summary>f = W x + b on the flattened example; parameters linear.weight, linear.bias.</summary>
    let linear = LinearBuilder()

    /// <summary>The paper's V phi(W x) on flattened examples, V random signs; hidden.weight is W, output.weight
    /// V.</summary>
    let oneHiddenLayer = OneHiddenLayerBuilder()

    /// <summary>A multilayer perceptron: flatten, then dense layers with an activation between them.</summary>
    let mlp = MlpBuilder()

    /// <summary>Stages of 3x3 convolutions with pools, then dense layers; parameters features.N and
    /// classifier.N.</summary>
    let convNet = ConvNetBuilder()

    /// <summary>A residual network of 6m + 2 layers for small images, shortcut option A, no convolution bias.</summary>
    let resnet = ResnetBuilder()

    /// <summary>Free-form: the layers in order.</summary>
    /// <param name="sequence">The layers in order; the last gives one output for each class. Expects a list of 1 or
    /// more, each item a component (a kind, or one kind with its settings). Required.</param>
    let layers (sequence: Component<Layer> list) =
        Component<Network>.Of("layers", "sequence", Tree.list [ for item in sequence -> item.Node ])

    /// <summary>z = W a + b on feature vectors.</summary>
    let dense = DenseBuilder()

    /// <summary>Convolution of an image [channels, height, width] with square windows.</summary>
    let conv2d = Conv2dBuilder()

    /// <summary>Normalises each channel by the batch's statistics in training and by running ones in
    /// evaluation.</summary>
    let batchNorm = BatchNormBuilder()

    /// <summary>Normalises each example within groups of channels.</summary>
    let groupNorm = GroupNormBuilder()

    /// <summary>Normalises each example over all its elements.</summary>
    let layerNorm = LayerNormBuilder()

    /// <summary>Any shape to a feature vector.</summary>
    let flatten = Component<Layer>("flatten", None)

    /// <summary>The largest value in each window of an image, channel by channel.</summary>
    let maxPool = MaxPoolBuilder()

    /// <summary>The mean of each window of an image, channel by channel; zeros of the padding count.</summary>
    let averagePool = AveragePoolBuilder()

    /// <summary>The mean of each channel of an image; gives a feature vector.</summary>
    let globalAveragePool = Component<Layer>("global_average_pool", None)

    /// <summary>x + body(x), parameters named body.0, body.1, ...; the body keeps the shape of its input.</summary>
    /// <param name="body">The layers that are skipped; they keep the shape. Expects a list of 1 or more, each item a
    /// component (a kind, or one kind with its settings). Required.</param>
    let skip (body: Component<Layer> list) =
        Component<Layer>.Of("skip", "body", Tree.list [ for item in body -> item.Node ])

    /// <summary>Zeroes elements at random in training, scales the others by 1 / (1 - rate); nothing in
    /// evaluation.</summary>
    /// <param name="rate">Probability that an element becomes 0 in training. Expects a real in [0, 1).
    /// Required.</param>
    let dropout (rate: float) =
        Component<Layer>.Of("dropout", "rate", Tree.real rate)

    /// <summary>max(0, x) of every element; its derivative at 0 is taken as 0.</summary>
    let relu = Component<Layer>("relu", None)

    /// <summary>x where it is positive and slope * x elsewhere.</summary>
    let leakyRelu = LeakyReluBuilder()

    /// <summary>x Phi(x) of every element, Phi the normal distribution function; smooth, the exact form with
    /// erf.</summary>
    let gelu = Component<Layer>("gelu", None)

    /// <summary>x / (1 + exp(-x)) of every element; smooth, also known as swish.</summary>
    let silu = Component<Layer>("silu", None)

    /// <summary>log(1 + exp x) of every element; smooth, the paper's example activation.</summary>
    let softplus = Component<Layer>("softplus", None)

    /// <summary>The hyperbolic tangent of every element; smooth, with |phi'| of at most 1.</summary>
    let tanh = Component<Layer>("tanh", None)

    /// <summary>1 / (1 + exp(-x)) of every element; smooth, with phi' of at most 1/4.</summary>
    let sigmoid = Component<Layer>("sigmoid", None)

    /// <summary>Uniform in [-1/sqrt(fan_in), 1/sqrt(fan_in)], weights and biases.</summary>
    let pytorch = Component<Initialization>("pytorch", None)

    /// <summary>Normal weights of variance 2 / fan_in, biases 0; keeps the size of signals through relu
    /// layers.</summary>
    let heNormal = HeNormalBuilder()

    /// <summary>Uniform weights of variance 2 / fan_in, in +-sqrt(6 / fan_in), biases 0.</summary>
    let heUniform = HeUniformBuilder()

    /// <summary>Normal weights of variance 2 / (fan_in + fan_out), biases 0.</summary>
    let xavierNormal = XavierNormalBuilder()

    /// <summary>Uniform weights of variance 2 / (fan_in + fan_out), in +-sqrt(6 / (fan_in + fan_out)), biases
    /// 0.</summary>
    let xavierUniform = XavierUniformBuilder()

    /// <summary>Normal weights of variance 1 / fan_in, biases 0; `normal` is the same with normal biases.</summary>
    let lecunNormal = LecunNormalBuilder()

    /// <summary>Normal with mean 0 and standard deviation gain / sqrt(fan_in), weights and biases.</summary>
    let normal = NormalBuilder()

    /// <summary>Normal with mean 0 and the given standard deviation whatever the fans, weights and biases.</summary>
    let unscaledNormal = UnscaledNormalBuilder()

    /// <summary>scale / sqrt(fan_in fan_out) with a random sign; biases 0.</summary>
    let signs = SignsBuilder()

    /// <summary>Every value is 0.</summary>
    let zeros = Component<Initialization>("zeros", None)

    /// <summary>Every value is 1, biases 0.</summary>
    let ones = Component<Initialization>("ones", None)

    /// <summary>The values of another initialisation times a factor, weights and biases.</summary>
    let scaled = ScaledBuilder()

    /// <summary>1/2 sum_i ||f_i - y_i||^2 over the batch, in a unit that every spec names.</summary>
    /// <param name="reduction">What the sum over the batch of half the squared distances is divided by: nothing, B, or
    /// B K. Expects one of sum, batch_mean, element_mean. Required.</param>
    let squaredError (reduction: string) =
        Component<Loss>.Of("squared_error", "reduction", Tree.text reduction)

    /// <summary>- sum_i sum_c y_ic log softmax(f_i)_c over the batch, in a unit that every spec names; the squared-loss
    /// theory does not apply.</summary>
    /// <param name="reduction">What the sum over the batch is divided by: nothing, or B. Expects one of sum,
    /// batch_mean. Required.</param>
    let crossEntropy (reduction: string) =
        Component<Loss>.Of("cross_entropy", "reduction", Tree.text reduction)

    /// <summary>Gradient descent on batches, with momentum and weight decay.</summary>
    let sgd = SgdBuilder()

    /// <summary>Adaptive steps from running means of the gradient and its square.</summary>
    let adam = AdamBuilder()

    /// <summary>Adam with weight decay apart from the gradient: adaptive steps for each parameter.</summary>
    let adamw = AdamwBuilder()

    /// <summary>The optimizer's rate in every epoch.</summary>
    let constant = Component<Schedule>("constant", None)

    /// <summary>The rate is multiplied by a factor after each of some epochs.</summary>
    let step = StepBuilder()

    /// <summary>The rate falls along half a cosine wave to a floor and stays there.</summary>
    let cosine = CosineBuilder()

    /// <summary>The rate rises linearly over the first epochs; then another schedule begins.</summary>
    let warmup = WarmupBuilder()

    /// <summary>Each image is padded with zeros and cut to its old size at a uniformly random place.</summary>
    /// <param name="padding">Zeros added on every side of the image as the network gets it, before a part of the old
    /// size is cut out. Expects an integer in [1, 65536]. Unit: pixels. Required.</param>
    let randomCrop (padding: int) =
        Component<Augmentation>.Of("random_crop", "padding", Tree.integer (int64 padding))

    /// <summary>Each image of a batch is mirrored left to right with a probability.</summary>
    let horizontalFlip = HorizontalFlipBuilder()

    /// <summary>Training runs for all its epochs.</summary>
    let noStopping = Component<StoppingRule>("none", None)

    /// <summary>Training ends when the test error has not fallen below its lowest for some epochs.</summary>
    /// <param name="patience">How many epochs without a lower test error end training. Expects an integer of 1 or more.
    /// Unit: epochs. Required.</param>
    let bestTest (patience: int) =
        Component<StoppingRule>.Of("best_test", "patience", Tree.integer (int64 patience))

    /// <summary>Training ends when the validation error has not fallen below its lowest for some epochs.</summary>
    /// <param name="patience">How many epochs without a lower validation error end training. Expects an integer of 1 or
    /// more. Unit: epochs. Required.</param>
    let bestValidation (patience: int) =
        Component<StoppingRule>.Of("best_validation", "patience", Tree.integer (int64 patience))

    /// <summary>Training ends at T = Gamma / (eta alpha^2), with the cutoff alpha on the training split's initial
    /// Jacobian.</summary>
    /// <param name="gamma">Gamma of T = Gamma / (eta alpha^2): the residual on the information space falls to e^-Gamma
    /// of its start. Expects a real in (0, infinity). Required.</param>
    let spectral (gamma: float) =
        Component<StoppingRule>.Of("spectral", "gamma", Tree.real gamma)

    /// <summary>The first r singular directions, as in the paper's top 50.</summary>
    /// <param name="rank">Dimension r of the information space. Expects an integer of 1 or more. Required.</param>
    let rank (rank: int) =
        Component<Cutoff>.Of("rank", "rank", Tree.integer (int64 rank))

    /// <summary>Singular values of alpha or more, alpha given as it is.</summary>
    /// <param name="alpha">The smallest singular value of J that still belongs to the information space. Expects a real
    /// in (0, infinity). Unit: sigma of J. Required.</param>
    let absolute (alpha: float) =
        Component<Cutoff>.Of("absolute", "alpha", Tree.real alpha)

    /// <summary>Singular values of at least a fraction of the largest.</summary>
    /// <param name="fraction">c of alpha = c sigma_1. Expects a real in (0, 1]. Unit: sigma_1. Required.</param>
    let relative (fraction: float) =
        Component<Cutoff>.Of("relative", "fraction", Tree.real fraction)

    /// <summary>The fewest singular directions that hold a fraction of the sum of squared singular values.</summary>
    /// <param name="fraction">e: the smallest r with sum over s &lt;= r of sigma_s^2 of at least e ||J||_F^2. Expects a
    /// real in (0, 1]. Unit: ||J||_F^2. Required.</param>
    let energy (fraction: float) =
        Component<Cutoff>.Of("energy", "fraction", Tree.real fraction)

    /// <summary>The fraction of examples whose largest output is not at the label, with a 95 % Clopper-Pearson
    /// interval.</summary>
    let classificationError = Component<Analysis>("classification_error", None)

    /// <summary>||P_I y||/||y|| and ||P_N y||/||y|| for given, clean, centred labels and label noise, with
    /// baselines.</summary>
    let labelAlignment = Component<Analysis>("label_alignment", None)

    /// <summary>||P_I r||^2 and ||P_N r||^2 of the residual over ||r_0||^2, for given, clean and centred
    /// labels.</summary>
    let residualEnergy = ResidualEnergyBuilder()

    /// <summary>Errors and residuals of corrupted and uncorrupted training examples, against given and true labels, by
    /// epoch.</summary>
    let memorization = Component<Analysis>("memorization", None)

    /// <summary>Singular values by index, and the largest ratio of neighbours beyond an index.</summary>
    let singularValues = SingularValuesBuilder()

    /// <summary>The expected loss of a linear model on low_rank_linear, in the information and the nuisance
    /// space.</summary>
    let expectedLoss = Component<Analysis>("expected_loss", None)

    /// <summary>||J_I^+ y||, ||J_I^+ r|| and ||J_I^+ r_0||, as they are and over the vector's norm.</summary>
    let pseudoInverse = Component<Analysis>("pseudo_inverse", None)

    /// <summary>B and B/alpha of labels and initial residual at an early stop, between lemma 6.2's bounds.</summary>
    /// <param name="gamma">Gamma of T = Gamma / (eta alpha^2), the time of the early stop. Expects a real in [1,
    /// infinity). Required.</param>
    let earlyStoppingValue (gamma: float) =
        Component<Analysis>.Of("early_stopping_value", "gamma", Tree.real gamma)

    /// <summary>The share of each label's and residual's energy in the first r singular directions, for every
    /// r.</summary>
    let energyCurve = Component<Analysis>("energy_curve", None)

    /// <summary>Effective and stable rank, participation ratio, effective dimension, trace ratios, and a
    /// histogram.</summary>
    let spectrumShape = SpectrumShapeBuilder()

    /// <summary>y_c^T K_c y_c / (||K_c||_F ||y_c||^2) of the centred empirical NTK; by layer and by
    /// corruption.</summary>
    let kernelAlignment = KernelAlignmentBuilder()

    /// <summary>Bounds of ||P_I v||^2/||v||^2 for labels and residuals without singular vectors, by Lanczos.</summary>
    let energyBracket = EnergyBracketBuilder()

    /// <summary>How many singular values lie where, by stochastic Lanczos quadrature, with Monte-Carlo
    /// intervals.</summary>
    let spectralDensity = SpectralDensityBuilder()

    /// <summary>Residual energy along leading directions by epoch, beside the linear model's, and half-lives.</summary>
    let directionDecay = DirectionDecayBuilder()

    /// <summary>The network's linearisation at its start, trained on the same batches, beside the network.</summary>
    let linearized = Component<Analysis>("linearized", None)

    /// <summary>Kernel distance and velocity between checkpoints, and how far J has moved in two norms.</summary>
    let kernelDistance = KernelDistanceBuilder()

    /// <summary>Overlap and principal angles between each checkpoint's information space and a reference's.</summary>
    let subspaceOverlap = SubspaceOverlapBuilder()

    /// <summary>||theta_t - theta_0||, its ratio to ||theta_0||, and the largest move of a hidden unit.</summary>
    let weightDistance = Component<Analysis>("weight_distance", None)

    /// <summary>The paper's stopping time from J(W_0), beside the epochs of least test energy and least test
    /// error.</summary>
    let spectralEarlyStopping = SpectralEarlyStoppingBuilder()

    /// <summary>The paper's theorems term by term: hypotheses, widths, bounds, and what was measured beside
    /// them.</summary>
    let theorems = TheoremsBuilder()
