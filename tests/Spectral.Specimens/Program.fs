module Spectral.Specimens.Program

open System
open System.Globalization
open System.IO

[<EntryPoint>]
let main arguments =
    match arguments with
    | [| "specs"; count; folder |] ->
        let specs =
            SpecTexts.Of(Int32.Parse(count, CultureInfo.InvariantCulture), 20261125L)

        Directory.CreateDirectory folder |> ignore

        specs
        |> Seq.iteri (fun index spec -> File.WriteAllText(Path.Combine(folder, $"{index:D4}.yaml"), spec))

        0
    | _ ->
        eprintfn "usage: specs COUNT FOLDER   writes COUNT generated specs, sound and broken, into FOLDER"
        2
