namespace Spectral.Specimens

open System
open System.Globalization
open FsCheck
open FsCheck.FSharp
open Spectral.Core.Components

/// Single values as flow YAML: ones that a place takes, and ones that it most likely does not.
module internal Values =

    let private written (value: IFormattable) =
        value.ToString("R", CultureInfo.InvariantCulture)

    /// Values of every type, for places that ask for another. None is a whole number written as a real, which JSON, and
    /// so a schema, cannot tell from the whole number.
    let wrong =
        Gen.elements [
            "-1"
            "0"
            "1.5"
            "-0.5"
            "1e-5"
            "2147483648"
            "-2147483649"
            "99999999999999999999"
            "0x10"
            "0o17"
            "true"
            "false"
            "null"
            "~"
            "word"
            "''"
            "'1'"
            "none"
            "full"
            "all"
            "yes"
            "1_000"
            "[]"
            "{}"
            "[1, 2]"
            "[a]"
            "[[1]]"
            "[null]"
            "{a: 1}"
            "{rate: 0.5}"
        ]

    /// The value, or rarely another that may not stand in its place.
    let perhapsWrong gen = Gen.frequency [ 996, gen; 4, wrong ]

    let private integers minimum maximum =
        [ minimum; minimum + 1L; minimum + 2L; minimum + 7L; maximum ]
        |> List.filter (fun value -> value <= maximum && (value < 100_000L || maximum < 100_000L))
        |> List.map (fun value -> value.ToString CultureInfo.InvariantCulture)

    /// Whole numbers of a range, its ends among them.
    let whole minimum maximum =
        let beyond = [ minimum - 1L; (if maximum < Int64.MaxValue then maximum + 1L else maximum) ]

        Gen.frequency [
            99, Gen.elements (integers minimum maximum)
            1, Gen.elements [ for value in beyond -> value.ToString CultureInfo.InvariantCulture ]
        ]

    let private reals = [ -1.5; -0.25; 0.0; 1e-3; 0.1; 0.25; 0.5; 0.75; 1.0; 1.25; 2.0; 3.5; 10.0 ]

    let private scalars (scalarType: ScalarType) : Gen<string> =
        match scalarType with
        | :? IntegerType as range -> whole (int64 range.Minimum) (int64 range.Maximum)
        | :? RealType as real ->
            let inside, outside = reals |> List.partition real.Range.Contains

            Gen.frequency [
                99, Gen.elements [ for value in inside -> written value ]
                if not outside.IsEmpty then
                    1, Gen.elements [ for value in outside -> written value ]
            ]
        | :? FlagType -> Gen.elements [ "true"; "false" ]
        | :? ChoiceType as choice -> Gen.elements choice.Choices
        | :? NamedIndexType as named ->
            Gen.oneof [
                Gen.elements [ for name in named.Names -> $"'{name}'" ]
                whole 0L (int64 named.Names.Length - 1L)
            ]
        | :? CheckpointType -> Gen.elements [ "initial"; "final"; "5"; "0"; "step 3"; "best_test"; "best-validation" ]
        | :? TextType -> Gen.elements [ "a.npy"; "data/b.npy" ]
        | other -> invalidArg (nameof scalarType) $"no values for {other.GetType().Name}"

    let private list item (list: ListType) =
        gen {
            let! extra = Gen.choose (0, 2)
            let! short = Gen.frequency [ 99, Gen.constant 0; 1, Gen.constant 1 ]
            let! items = Gen.listOfLength (max 0 (list.MinimumCount + extra - short)) item
            return "[" + String.Join(", ", items) + "]"
        }

    let private isBare (definition: ComponentDefinition) =
        definition.Fields |> Seq.forall (fun field -> not (isNull field.Default))

    /// A value of a field's type.
    let rec setting (catalog: ComponentCatalog) depth (fieldType: FieldType) : Gen<string> =
        match fieldType with
        | :? ScalarType as scalar -> scalars scalar |> perhapsWrong
        | :? ListType as several ->
            let item = setting catalog (depth + 1) several.Item
            Gen.frequency [ 4, list item several; 1, item ] |> perhapsWrong
        | :? ComponentType as one -> part catalog depth (catalog.Family one.Family) |> perhapsWrong
        | other -> invalidArg (nameof fieldType) $"no values for {other.GetType().Name}"

    and private settings catalog depth (definition: ComponentDefinition) =
        gen {
            let! parts =
                definition.Fields
                |> List.ofSeq
                |> Gen.collectToList (fun field ->
                    gen {
                        let! isThere =
                            if isNull field.Default then
                                Gen.frequency [ 99, Gen.constant true; 1, Gen.constant false ]
                            else
                                Gen.frequency [ 2, Gen.constant true; 3, Gen.constant false ]

                        let! value = setting catalog (depth + 1) field.Type
                        return if isThere then [ $"{field.Name}: {value}" ] else []
                    })

            let! stranger =
                Gen.frequency [ 99, Gen.constant []; 1, Gen.constant [ "stranger: 1" ] ]

            return "{" + String.Join(", ", List.concat parts @ stranger) + "}"
        }

    /// A component in one of the ways in which it can be written, and rarely in one in which it cannot.
    and part (catalog: ComponentCatalog) depth (family: ComponentFamily) : Gen<string> =
        let members =
            if depth > 4 then
                family.Members |> Seq.filter isBare |> List.ofSeq
            else
                List.ofSeq family.Members

        gen {
            let! definition =
                Gen.elements (
                    if members.IsEmpty then
                        List.ofSeq family.Members
                    else
                        members
                )

            let! named = settings catalog depth definition

            let! bare =
                Gen.elements [
                    definition.Kind
                    $"{{{definition.Kind}: null}}"
                    $"{{{definition.Kind}: {{}}}}"
                ]

            let! lone =
                match Seq.tryHead definition.Fields with
                | Some first -> setting catalog (depth + 1) first.Type
                | None -> Gen.constant "1"

            return!
                Gen.frequency [
                    (if isBare definition then 150 else 1), Gen.constant bare
                    250, Gen.constant $"{{{definition.Kind}: {named}}}"
                    (if definition.Fields.Length = 1 then 100 else 4), Gen.constant $"{{{definition.Kind}: {lone}}}"
                    1, Gen.constant "stranger"
                    1, Gen.constant $"{{{definition.Kind}: {named}, stranger: 1}}"
                    1, Gen.constant "{stranger: {a: 1}}"
                ]
        }

    /// What may stand behind a kind, where it stands alone.
    let behind (catalog: ComponentCatalog) (definition: ComponentDefinition) =
        match Seq.tryHead definition.Fields with
        | Some first when definition.Fields.Length = 1 ->
            Gen.oneof [ setting catalog 3 first.Type; settings catalog 3 definition ]
        | _ -> settings catalog 3 definition
