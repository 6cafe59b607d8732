namespace Spectral.Dsl

open System
open System.Collections.Immutable
open Spectral.Core.Components
open Spectral.Core.Numerics
open Spectral.Core.Plans

/// The size of one split's Jacobian.
type internal JacobianSize = {
    Split: string
    Rows: int64
    Columns: int64
    /// Multiplications for a pair of rows of the Gram matrix, at most.
    Pair: float
}

/// Sends shapes through the network and lets sizes meet each other.
module internal ShapeCheck =

    open Validation

    let private kindOf (catalog: ComponentCatalog) (layer: Layer) =
        catalog.Family(typeof<Layer>).Members
        |> Seq.tryFind (fun member' -> member'.Component = layer.GetType())
        |> Option.map _.Kind
        |> Option.defaultValue (layer.GetType().Name)

    /// Where the layer at an index was written, if it was; else the network's place. A component that the network uses
    /// several times was written once; one that was written several times may be one object.
    let private place (network: Bound<Network>) (layers: ImmutableArray<Layer>) index =
        let isSame (other: obj) =
            Object.ReferenceEquals(other, layers[index])

        let uses = layers |> Seq.take index |> Seq.filter isSame |> Seq.length
        let written = network.Parts |> List.filter (fun part -> isSame part.It)

        match List.tryItem uses written, List.tryLast written with
        | Some part, _
        | None, Some part -> part.At
        | None, None -> network.At

    /// The product of the dimensions, of any size.
    let private elements (shape: Shape) =
        shape.Dimensions
        |> Seq.fold (fun product dimension -> product * float dimension) 1.0

    /// The last shape, and the parameters in the order of the layers.
    let private flow catalog (network: Bound<Network>) (named: ImmutableArray<NamedLayer>) (input: Shape) classes =
        let layers = named |> Seq.map _.Layer |> ImmutableArray.CreateRange

        let folder (state: Validation<Shape * FlatParameter list>) (index, layer: Layer) =
            state
            |> Result.bind (fun (shape, parameters) ->
                let matched = layer.OutputShape shape

                match matched.Output with
                | null ->
                    let message =
                        $"layer {index} of the network, {kindOf catalog layer}, expects {matched.Expected}, got {shape}"

                    Validation.fail (Diagnostics.error LayerMismatch (place network layers index) message null)
                | output ->
                    let own = [
                        for slot in layer.Parameters shape ->
                            {
                                Name = $"{named[index].Name}.{slot.Name}"
                                Role = slot.Role
                                Elements = elements slot.Shape
                                Pair = slot.PairCost classes
                            }
                    ]

                    Ok(output, List.rev own @ parameters))

        // The list grows at its head: a network of many layers must not take the square of their number.
        layers
        |> Seq.indexed
        |> Seq.fold folder (Ok(input, []))
        |> Result.map (fun (last, parameters) -> last, List.rev parameters)

    let private output (bound: BoundSpec) (layers: ImmutableArray<Layer>) (output: Shape) : Validation<unit> =
        let classes = bound.Dataset.It.ClassNames.Length

        if output.Equals(Shape(ImmutableArray.Create classes)) then
            Ok()
        else
            let at =
                if layers.IsEmpty then
                    bound.Network.At
                else
                    place bound.Network layers (layers.Length - 1)

            let message =
                $"the network ends in {output}, expected [{classes}], one output for each class"

            Validation.fail (Diagnostics.error OutputMismatch at message null)

    let private noParameters (bound: BoundSpec) message help =
        Validation.fail (Diagnostics.error NoParameters bound.Network.At message help)

    /// There must be something to differentiate and, in any epoch, something to train.
    let private selected (bound: BoundSpec) (parameters: FlatParameter list) : Validation<FlatParameter list> =
        let spec = bound.Spec
        let columns = Selections.choose (Selections.columns spec) parameters
        let trained = Selections.choose spec.Trainable parameters

        let anything =
            if columns.IsEmpty then
                noParameters
                    bound
                    "the network has no parameters, expected 1 or more"
                    "Add a layer with weights, such as dense."
            elif trained.IsEmpty && spec.Training.Epochs.It > 0 then
                noParameters
                    bound
                    $"training for {spec.Training.Epochs.It} epochs changes no parameter, expected 1 or more"
                    "Name fixed parameters in `trainable`, or set training.epochs to 0."
            else
                Ok()

        validation {
            let! () = Selections.check "trainable" spec.Trainable parameters

            and! () =
                match spec.Jacobian with
                | Some jacobian -> Selections.check "jacobian.parameters" jacobian.Parameters parameters
                | None -> Ok()

            let! () = anything
            return columns
        }

    /// The parameters that the Jacobian has columns for.
    let private parameters catalog (bound: BoundSpec) : Validation<FlatParameter list> =
        let classes = bound.Dataset.It.ClassNames.Length
        let layers = bound.Network.It.Layers(bound.Dataset.It.InputShape, classes)

        validation {
            let! last, parameters =
                flow catalog bound.Network layers bound.Dataset.It.InputShape classes

            let! () = output bound (layers |> Seq.map _.Layer |> ImmutableArray.CreateRange) last
            and! columns = selected bound parameters
            return columns
        }

    /// The size of a split's Jacobian, if the method can take it; `at` is blamed where it cannot.
    let size (jacobian: JacobianSpec option) at split (examples: int64) (classes: int64) (columns: FlatParameter list) =
        let rows = examples * classes
        let parameters = columns |> List.sumBy _.Elements

        let limit =
            match jacobian |> Option.bind _.Method with
            | Some method -> SpectrumMethod.Limit(method.It, float rows, parameters)
            | None -> null

        let size = {
            Split = split
            Rows = rows
            // A column count beyond 2^63 no longer matters: the rows are few.
            Columns =
                if parameters < 9.0e18 then
                    int64 parameters
                else
                    Int64.MaxValue
            Pair = columns |> List.sumBy _.Pair
        }

        let shape =
            let columns = parameters.ToString("F0", Globalization.CultureInfo.InvariantCulture)
            $"the {split} Jacobian is {rows} x {columns}"

        match jacobian |> Option.bind _.Top with
        | _ when not (isNull limit) ->
            let message = $"{shape}, expected {limit}"
            let help = "Use method: gram, or fewer examples (`jacobian.examples`)."
            Validation.fail (Diagnostics.error JacobianTooLarge at message help)
        | _ when rows > int64 Int32.MaxValue ->
            let message = $"{shape}, expected at most {Int32.MaxValue} rows"
            Validation.fail (Diagnostics.error JacobianTooLarge at message "Use `jacobian.examples`.")
        | Some top when float top.It > min (float rows) parameters ->
            let message =
                $"jacobian.spectrum.top expects at most min(nK, p), got {top.It}: {shape}"

            Validation.fail (Diagnostics.error RankTooLarge top.At message null)
        | _ -> Ok size

    let private rank (bound: BoundSpec) (sizes: JacobianSize list) : Validation<unit> =
        let check rank size =
            let top =
                bound.Spec.Jacobian |> Option.bind _.Top |> Option.map (fun top -> int64 top.It)

            let most = min (min size.Rows size.Columns) (Option.defaultValue Int64.MaxValue top)
            let found = $"the cutoff asks for rank {rank}, expected {most} or less"

            if int64 rank <= most then
                Ok()
            else
                let message =
                    match top with
                    | Some top when top = most -> $"{found}: jacobian.spectrum has the largest {top}"
                    | _ -> $"{found}: the {size.Split} Jacobian is {size.Rows} x {size.Columns}"

                Validation.fail (Diagnostics.error RankTooLarge bound.Cutoff.Setting message null)

        match Option.ofNullable bound.Cutoff.It.RequiredRank with
        | Some rank -> sizes |> List.map (check rank) |> Validation.none
        | None -> Ok()

    let private batch (bound: BoundSpec) : Validation<unit> =
        let train = bound.Dataset.It.TrainCount

        match bound.Spec.Training.BatchSize with
        | { It = Examples count; At = at } when count > train ->
            let message =
                $"training.batch_size expects at most the {train} training examples, got {count}"

            Validation.fail (Diagnostics.error BatchTooLarge at message "Write `full` to take them all.")
        | _ -> Ok()

    /// A noise that cannot corrupt the dataset's targets is refused where its kind stands.
    let private noise (catalog: ComponentCatalog) (bound: BoundSpec) : Validation<unit> =
        let dataset, noise = bound.Dataset.It, bound.Noise.It
        let outputs = dataset.ClassNames.Length

        match noise.Problem(outputs, dataset.HasClasses) with
        | null -> Ok()
        | expected ->
            let found =
                if dataset.HasClasses then
                    $"{outputs} classes"
                else
                    $"{outputs} real values an example"

            let message =
                $"noise.{catalog.DefinitionOf(noise).Kind} expects {expected}, got {found}"

            Validation.fail (Diagnostics.error NoiseMismatch bound.Noise.At message null)

    /// The largest singular values are block Krylov's business, and nothing else is.
    let private method (bound: BoundSpec) : Validation<unit> =
        match bound.Spec.Jacobian |> Option.bind _.Method, bound.Spec.Jacobian |> Option.bind _.Top with
        | Some named, None when named.It = SpectrumMethod.Krylov ->
            let message =
                "jacobian.method expects jacobian.spectrum of {top: N} for krylov, which finds the largest singular values"

            Validation.fail (Diagnostics.error MethodMismatch named.At message "Use auto for a full spectrum.")
        | Some named, Some _ when named.It <> "auto" && named.It <> SpectrumMethod.Krylov ->
            let message =
                $"jacobian.method expects krylov for the largest singular values, got {named.It}"

            Validation.fail (Diagnostics.error MethodMismatch named.At message "Use auto, or spectrum: full.")
        | _ -> Ok()

    /// Checks a bound spec; the sizes of its Jacobians, by split.
    let check catalog (bound: BoundSpec) (splits: string list) (fewer: ImmutableSortedDictionary<string, int>) =
        validation {
            let! () = batch bound
            and! () = noise catalog bound
            and! () = method bound

            and! sizes =
                validation {
                    let! columns = parameters catalog bound
                    let classes = int64 bound.Dataset.It.ClassNames.Length

                    let count split =
                        match fewer.TryGetValue split with
                        | true, examples -> int64 examples
                        | _ -> Checkpoints.count bound.Dataset.It split

                    let! sizes =
                        splits
                        |> List.map (fun split ->
                            size bound.Spec.Jacobian bound.Dataset.At split (count split) classes columns)
                        |> Validation.all

                    let! () = rank bound sizes
                    return sizes
                }

            return sizes
        }
