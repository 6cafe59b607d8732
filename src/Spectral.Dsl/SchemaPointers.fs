namespace Spectral.Dsl

open System.Text.Json.Nodes

/// Where in a JSON schema the value at a dotted path of a spec is described.
module internal SchemaPointers =

    let private child (node: JsonNode) (key: string) : JsonNode option =
        match node with
        | :? JsonObject as found -> Option.ofObj found[key]
        | _ -> None

    let private resolve (root: JsonNode) (pointer: string) : JsonNode option =
        pointer.Split '/'
        |> Array.skip 1
        |> Array.fold (fun node key -> node |> Option.bind (fun node -> child node key)) (Some root)

    let rec private find root pointer node steps : string option =
        match steps, child node "$ref" with
        | [], _ -> Some pointer
        | _, Some target ->
            let target = target.GetValue<string>()
            resolve root target |> Option.bind (fun node -> find root target node steps)
        | step :: rest, None ->
            match child node "properties" |> Option.bind (fun keys -> child keys step), child node "anyOf" with
            | Some found, _ -> find root $"{pointer}/properties/{step}" found rest
            | None, Some(:? JsonArray as forms) ->
                forms
                |> Seq.indexed
                |> Seq.tryPick (fun (index, form) ->
                    Option.ofObj form
                    |> Option.bind (fun form -> find root $"{pointer}/anyOf/{index}" form steps))
            | _ -> None

    /// The pointer, such as `#/definitions/noise/anyOf/1/properties/uniform`; None where the schema has no such place.
    let locate (root: JsonNode) (path: string) =
        find root "#" root (List.ofArray (path.Split '.'))
