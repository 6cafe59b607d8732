using System.Collections.Immutable;

namespace Spectral.Core.Components;

/// <summary>One setting of a component: its key, type, default, unit and meaning, and where the component keeps it.</summary>
public abstract class Field
{
    private protected Field(string name, FieldType type, object? preset, string doc, string? unit, Func<object, object> read)
    {
        Name = name;
        Type = type;
        Default = preset;
        Doc = doc;
        Unit = unit;
        Read = read;
    }

    /// <summary>The key in a spec and a plan: the property's name in snake_case.</summary>
    public string Name { get; }

    /// <summary>What values it takes.</summary>
    public FieldType Type { get; }

    /// <summary>The value where a spec gives none; null where a spec must give one.</summary>
    public object? Default { get; }

    /// <summary>What it means, as one sentence.</summary>
    public string Doc { get; }

    /// <summary>The unit of its values, or null for plain counts, words and components.</summary>
    public string? Unit { get; }

    /// <summary>Takes the field's boxed value out of a component.</summary>
    public Func<object, object> Read { get; }

    /// <summary>
    /// Whether the value says where something lies, a text: no result depends on it, and a plan may leave it out, which
    /// is the empty text.
    /// </summary>
    public bool IsPlace { get; init; }

    /// <summary>A whole number in [<paramref name="minimum"/>, <paramref name="maximum"/>].</summary>
    public static Field<int> Integer<TOwner>(
        string name, Func<TOwner, int> read, string doc, int minimum, int maximum = int.MaxValue, int? preset = null, string? unit = null) =>
        new(name, new IntegerType(minimum, maximum), preset, doc, unit, owner => read((TOwner)owner));

    /// <summary>A finite real number of an interval.</summary>
    public static Field<double> Real<TOwner>(
        string name, Func<TOwner, double> read, string doc, Interval range, double? preset = null, string? unit = null) =>
        new(name, new RealType(range), preset, doc, unit, owner => read((TOwner)owner));

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static Field<bool> Flag<TOwner>(string name, Func<TOwner, bool> read, string doc, bool? preset = null) =>
        new(name, new FlagType(), preset, doc, null, owner => read((TOwner)owner));

    /// <summary>One of a fixed set of words.</summary>
    public static Field<string> Choice<TOwner>(
        string name, Func<TOwner, string> read, string doc, ImmutableArray<string> choices, string? preset = null) =>
        new(name, new ChoiceType(choices), preset, doc, null, owner => read((TOwner)owner));

    /// <summary>The name of a checkpoint of <c>jacobian.at</c>.</summary>
    public static Field<string> Checkpoint<TOwner>(string name, Func<TOwner, string> read, string doc, string? preset = null) =>
        new(name, new CheckpointType(), preset, doc, null, owner => read((TOwner)owner));

    /// <summary>A list of whole numbers.</summary>
    public static Field<ImmutableArray<int>> Integers<TOwner>(
        string name,
        Func<TOwner, ImmutableArray<int>> read,
        string doc,
        int minimum,
        int maximum = int.MaxValue,
        int minimumCount = 1,
        ImmutableArray<int>? preset = null,
        string? unit = null) =>
        new(name, new ListType<int>(new IntegerType(minimum, maximum), minimumCount), preset, doc, unit, owner => read((TOwner)owner));

    /// <summary>A list of finite real numbers of an interval.</summary>
    public static Field<ImmutableArray<double>> Reals<TOwner>(
        string name,
        Func<TOwner, ImmutableArray<double>> read,
        string doc,
        Interval range,
        int minimumCount = 1,
        ImmutableArray<double>? preset = null,
        string? unit = null) =>
        new(name, new ListType<double>(new RealType(range), minimumCount), preset, doc, unit, owner => read((TOwner)owner));

    /// <summary>A list of rows of finite real numbers of an interval, each row of one number or more.</summary>
    public static Field<ImmutableArray<ImmutableArray<double>>> RealRows<TOwner>(
        string name,
        Func<TOwner, ImmutableArray<ImmutableArray<double>>> read,
        string doc,
        Interval range,
        int minimumCount = 1,
        string? unit = null) =>
        new(
            name,
            new ListType<ImmutableArray<double>>(new ListType<double>(new RealType(range), 1), minimumCount),
            null,
            doc,
            unit,
            owner => read((TOwner)owner));

    /// <summary>A component of the family <typeparamref name="TFamily"/>, named by its type: only the Catalog names members.</summary>
    public static Field<TFamily> Component<TOwner, TFamily>(
        string name, Func<TOwner, TFamily> read, string doc, TFamily? preset = null)
        where TFamily : class =>
        new(name, new ComponentType(typeof(TFamily)), preset, doc, null, owner => read((TOwner)owner));

    /// <summary>A list of components of the family <typeparamref name="TFamily"/>.</summary>
    public static Field<ImmutableArray<TFamily>> Components<TOwner, TFamily>(
        string name, Func<TOwner, ImmutableArray<TFamily>> read, string doc, int minimumCount = 1)
        where TFamily : class =>
        new(name, new ListType<TFamily>(new ComponentType(typeof(TFamily)), minimumCount), null, doc, null, owner => read((TOwner)owner));
}

/// <summary>A <see cref="Field"/> whose value has the type <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The value's type as the component keeps it.</typeparam>
public sealed class Field<T> : Field
    where T : notnull
{
    internal Field(string name, FieldType type, object? preset, string doc, string? unit, Func<object, T> read)
        : base(name, type, preset, doc, unit, owner => read(owner))
    {
    }
}
