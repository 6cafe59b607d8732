namespace Spectral.Specimens

open System
open System.Collections.Immutable
open FsCheck
open FsCheck.FSharp
open Spectral.Core
open Spectral.Dsl

/// Whole specs, sound and broken, from the language's own description: the keys and the Catalog's fields.
[<AbstractClass; Sealed>]
type SpecTexts =

    static member private Words(meaning: string) : Gen<string> =
        match meaning with
        | "1 to 64 of a-z, 0-9 and inner hyphens" ->
            Gen.frequency [
                98, Gen.elements [ "a"; "quickstart"; "run-2"; String('a', 64) ]
                2, Gen.elements [ "A"; "-a"; "a-"; "'a b'"; "''"; String('a', 65); "a_b" ]
            ]
        | "the path of a safetensors file" -> Gen.elements [ "w.safetensors"; "a/b.safetensors" ]
        | "'step N'" ->
            Gen.frequency [
                20, Gen.elements [ "step 3"; "step 120"; "step 0x10"; "step +5" ]
                1, Gen.elements [ "step 0"; "step -1"; "step 1.5"; "step" ]
            ]
        | "a pattern over parameter names such as 1.weight" -> Gen.elements [ "'3.*'"; "1.weight"; "'*'" ]
        | "ANALYSIS.QUANTITY, such as label_alignment.information" ->
            Gen.frequency [
                60, Gen.elements [ "label_alignment.information"; "training.error"; "a.b.c" ]
                1, Gen.elements [ "x"; ".x"; "x."; "''" ]
            ]
        | _ -> Gen.elements [ "word"; "'3'"; "train"; "final"; "''"; "two words" ]

    static member private Form (depth: int) (form: Form) : Gen<string> =
        match form with
        | Form.Setting fieldType -> Values.setting Catalog.Components depth fieldType
        | Form.Whole(minimum, maximum) -> Values.whole minimum maximum |> Values.perhapsWrong
        | Form.Text(meaning, _) -> SpecTexts.Words meaning |> Values.perhapsWrong
        | Form.Several(item, minimum, _) ->
            let one = SpecTexts.Form (depth + 1) item

            gen {
                let! count = Gen.choose (minimum, minimum + 2)
                let! short = Gen.frequency [ 99, Gen.constant 0; 1, Gen.constant minimum ]
                let! items = Gen.listOfLength (count - short |> max 0) one
                let joined = String.Join(", ", items)
                return! Gen.frequency [ 4, Gen.constant $"[{joined}]"; 1, one ]
            }
            |> Values.perhapsWrong
        | Form.Either forms ->
            // Mappings have the most to get wrong.
            Gen.frequency [
                for form in forms ->
                    (match form with
                     | Form.Mapping _ -> 20
                     | _ -> 2),
                    SpecTexts.Form depth form
            ]
        | Form.Mapping keys -> SpecTexts.Keys (depth + 1) keys |> Gen.map SpecTexts.Flow |> Values.perhapsWrong
        | Form.OneAmong(names, beside, keys) ->
            let others = keys |> List.filter (fun key -> not (List.contains key.Name names))

            gen {
                let! count =
                    Gen.frequency [ 98, Gen.constant 1; 1, Gen.constant 0; 1, Gen.constant 2 ]

                let! shuffled = Gen.shuffle names
                let chosen = shuffled |> Seq.truncate count |> Set.ofSeq
                let demands = keys |> List.filter (fun key -> chosen.Contains key.Name)
                let! parts = SpecTexts.Keys (depth + 1) others

                let! values =
                    demands |> Gen.collectToList (fun key -> SpecTexts.Entry (depth + 1) key)

                let! isComplete = Gen.frequency [ 98, Gen.constant true; 2, Gen.constant false ]

                let added = [
                    for first, second in beside do
                        let isThere = parts |> List.exists (fun (name, _) -> name = second)

                        if isComplete && chosen.Contains first && not isThere then
                            second, "0.5"
                ]

                return SpecTexts.Flow(parts @ values @ added)
            }
            |> Values.perhapsWrong
        | Form.Paths _
        | Form.Demands -> Gen.constant "{noise.uniform: [0, 0.5]}"

    static member private Flow(parts: (string * string) list) =
        "{"
        + String.Join(", ", [ for name, value in parts -> $"{name}: {value}" ])
        + "}"

    static member private Entry (depth: int) (key: Key) : Gen<string * string> =
        SpecTexts.Form depth key.Form |> Gen.map (fun value -> key.Name, value)

    static member private Keys (depth: int) (keys: Key list) : Gen<(string * string) list> =
        gen {
            let! parts =
                keys
                |> Gen.collectToList (fun key ->
                    gen {
                        let! isThere =
                            if key.Default.IsNone then
                                Gen.frequency [ 99, Gen.constant true; 1, Gen.constant false ]
                            elif key.Name = "weights" then
                                // Beside training they are refused, and hide what else may be wrong.
                                Gen.frequency [ 1, Gen.constant true; 19, Gen.constant false ]
                            else
                                Gen.frequency [ 1, Gen.constant true; 3, Gen.constant false ]

                        let! entry = SpecTexts.Entry depth key
                        return if isThere then [ entry ] else []
                    })

            let! stranger =
                Gen.frequency [ 99, Gen.constant []; 1, Gen.constant [ "stranger", "1" ] ]

            return List.concat parts @ stranger
        }

    /// <summary>Specs of a seed, each a YAML document; about half of them have nothing wrong with their grammar.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed; equal ones give equal specs.</param>
    static member Of(count: int, seed: int64) : ImmutableArray<string> =
        gen {
            let! parts =
                SpecKeys.all |> List.filter (fun key -> key.Name <> "sweep") |> SpecTexts.Keys 0

            let! sweep = Sweeps.next (SpecTexts.Form 1) parts |> Values.perhapsWrong

            let! isSwept = Gen.frequency [ 1, Gen.constant true; 2, Gen.constant false ]

            return if isSwept then parts @ [ "sweep", sweep ] else parts
        }
        |> Gen.map (fun parts -> String.Join("", [ for name, value in parts -> $"{name}: {value}\n" ]))
        |> Gen.sampleWithSeed (Rnd(uint64 seed, 1UL)) 30 count
        |> ImmutableArray.CreateRange
