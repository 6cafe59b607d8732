namespace Spectral.Experiments

open Spectral.Core.Components
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>When in training the Jacobian is computed, or a measurement taken.</summary>
[<Sealed>]
type Moment internal (node: YamlNode) =
    member internal _.Node = node

/// <summary>A value of a setting that has no builder.</summary>
[<Sealed>]
type SettingValue internal (node: YamlNode) =
    member internal _.Node = node

/// <summary>
/// Settings as a builder has collected them, each with the file and line where it was written. Builders make them; a
/// script has no need to.
/// </summary>
[<Sealed>]
type Settings internal (entries: (Located<string> * YamlNode) list) =

    /// The settings in the order in which they were written.
    member internal _.Entries = List.rev entries

    /// Gives an unplaced part the place of the setting that it stands in.
    static member private Placed (at: SourceSpan) node : YamlNode =
        let here (own: SourceSpan) = if own = Tree.nowhere then at else own

        match node with
        | ScalarNode(scalar, written, own) -> ScalarNode(scalar, written, here own)
        | SequenceNode(items, own) -> SequenceNode(items |> List.map (Settings.Placed at), here own)
        | MappingNode(entries, own) ->
            MappingNode(
                [
                    for key, value in entries -> { key with At = here key.At }, Settings.Placed at value
                ],
                here own
            )

    /// The place of a line. Column 0 stands for an unknown one.
    static member internal Place(file: string, line: int) = SourceSpan(file, line, 0, line, 0)

    /// One more setting.
    member internal _.With(key: string, value: YamlNode, file: string, line: int) =
        let at = Settings.Place(file, line)
        Settings(({ It = key; At = at }, Settings.Placed at value) :: entries)

    /// One more item of a setting that is a list.
    member internal settings.Adding(key: string, item: YamlNode, file: string, line: int) =
        let item = Settings.Placed (Settings.Place(file, line)) item

        match entries |> List.tryFindIndex (fun (found, _) -> found.It = key) with
        | None -> settings.With(key, Tree.list [ item ], file, line)
        | Some index ->
            match entries[index] with
            | found, SequenceNode(items, at) ->
                Settings(entries |> List.updateAt index (found, SequenceNode(items @ [ item ], at)))
            | _ -> settings.With(key, item, file, line)

    /// One more setting of a mapping below a key.
    member internal settings.Within(key: string, inner: string, value: YamlNode, file: string, line: int) =
        let at = Settings.Place(file, line)
        let one = { It = inner; At = at }, Settings.Placed at value

        match entries |> List.tryFindIndex (fun (found, _) -> found.It = key) with
        | Some index ->
            match entries[index] with
            | found, MappingNode(others, at) ->
                Settings(entries |> List.updateAt index (found, MappingNode(others @ [ one ], at)))
            | _ -> settings.With(key, MappingNode([ one ], at), file, line)
        | None -> settings.With(key, MappingNode([ one ], at), file, line)

    /// The mapping that they make.
    member internal settings.Node = MappingNode(settings.Entries, Tree.nowhere)

    static member internal None = Settings []

/// <summary>A component of any family: a kind with what was set of it.</summary>
[<AbstractClass>]
type Component internal (node: YamlNode) =

    /// The kind alone, or the kind with its settings.
    member internal _.Node = node

    /// The tree of an object that is a component.
    static member internal NodeOf(value: obj) =
        match value with
        | :? Component as found -> Some found.Node
        | _ -> None

/// <summary>A component of a family, such as <c>Component&lt;Network&gt;</c>: a kind with what was set of it.</summary>
/// <typeparam name="Family">The family's record, so that no network stands where a dataset belongs.</typeparam>
type Component<'Family> internal (node: YamlNode) =
    inherit Component(node)

    /// The kind alone, or the kind with its settings.
    internal new(kind: string, settings: Settings option) =
        Component<'Family>(
            match settings with
            | None -> Tree.text kind
            | Some settings -> Tree.mapping [ kind, settings.Node ]
        )

    /// A kind of one setting, which a lone value fills.
    static member internal Of(kind: string, key: string, value: YamlNode) =
        match value with
        | MappingNode _ -> Component<'Family>(Tree.mapping [ kind, Tree.mapping [ key, value ] ])
        | lone -> Component<'Family>(Tree.mapping [ kind, lone ])

/// <summary>
/// A component whose settings are written as <c>kind { setting value; ... }</c>; without braces it is the kind with all
/// defaults.
/// </summary>
/// <typeparam name="Family">The family's record.</typeparam>
type ComponentBuilder<'Family> internal (kind: string) =
    inherit Component<'Family>(kind, None)

    /// <summary>Begins the settings.</summary>
    member _.Yield(_: 'T) = Settings.None

    /// <summary>Nothing is set.</summary>
    member _.Zero() = Settings.None

    /// <summary>The component with the settings.</summary>
    member _.Run(settings: Settings) = Component<'Family>(kind, Some settings)
