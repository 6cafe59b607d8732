namespace Spectral.Dsl

open System
open System.Collections.Generic
open System.Collections.Immutable
open System.IO
open Spectral.Core.Execution
open Spectral.Core.Formats
open Spectral.Core.Plans

/// A file of weights that was read.
type internal GivenFile = {
    Path: string
    Sha256: string
    Precision: Precision
}

/// The files of weights that a spec names, each held against the network.
module internal WeightsFiles =

    open Validation

    /// The most faults of one file that are told.
    let private told = 5

    let private unreadable (file: Located<string>) path (reason: string) =
        let message =
            $"{path} expects a safetensors file, got '{Diagnostics.quote file.It}': {reason}"

        Validation.fail (Diagnostics.error WeightsUnreadable file.At message "Paths are relative to the spec's folder.")

    let private mismatch path (file: Located<string>) (faults: ImmutableArray<string>) =
        let shown = faults |> Seq.truncate told |> List.ofSeq

        let more =
            if faults.Length > told then
                $", and {faults.Length - told} faults more"
            else
                ""

        let message =
            $"{path} expects this network's weights, got '{Diagnostics.quote file.It}' with {Diagnostics.list shown}{more}"

        Validation.fail (Diagnostics.error WeightsMismatch file.At message "`spectral plan` shows the network.")

    /// Reads a file; `folder` is the spec's.
    let read (folder: string) layout path (file: Located<string>) : Validation<GivenFile> =
        let place = Path.Combine(folder, file.It)

        try
            if Directory.Exists place then
                unreadable file path "it is a folder"
            elif not (File.Exists place) then
                unreadable file path "there is no such file"
            elif FileInfo(place).Length = 0L then
                // Pipes and devices have no length either, and reading one might never end.
                unreadable file path "it is empty, or no plain file"
            else
                let bytes = File.ReadAllBytes place
                let faults = WeightsFile.Faults(ReadOnlyMemory bytes, layout)

                if faults.IsEmpty then
                    Ok {
                        Path = place
                        Sha256 = ContentHash.Sha256(ReadOnlySpan bytes)
                        Precision = WeightsFile.PrecisionOf(ReadOnlyMemory bytes)
                    }
                else
                    mismatch path file faults
        with
        | :? IOException
        | :? UnauthorizedAccessException
        | :? FormatException as problem -> unreadable file path problem.Message

    /// Where the files lie, by their digests.
    let places (files: GivenFile seq) =
        files
        |> Seq.distinctBy _.Sha256
        |> Seq.map (fun file -> KeyValuePair(file.Sha256, file.Path))
        |> fun entries -> ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, entries)

    /// Every file of a spec whose sizes are sound: the initial one, and those of the epochs in increasing order.
    let ofSpec folder (bound: BoundSpec) : Validation<GivenFile option * (int * GivenFile) list> =
        let spec = bound.Spec

        if spec.Initial.IsNone && spec.Weights.IsEmpty then
            Ok(None, [])
        else
            let dataset = bound.Dataset.It

            let layout =
                NetworkLayout.Of(bound.Network.It, dataset.InputShape, dataset.ClassNames.Length)

            validation {
                let! initial =
                    match spec.Initial with
                    | Some file -> read folder layout "initial.weights" file |> Result.map Some
                    | None -> Ok None

                and! weights =
                    spec.Weights
                    |> List.mapi (fun index one ->
                        read folder layout $"weights.{index}.file" one.File
                        |> Result.map (fun file -> one.Epoch.It, file))
                    |> Validation.all

                return initial, List.sortBy fst weights
            }
