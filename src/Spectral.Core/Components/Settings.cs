namespace Spectral.Core.Components;

/// <summary>A component's settings after binding: one checked value for each field.</summary>
/// <param name="values">Boxed value by field name, complete.</param>
public sealed class Settings(IReadOnlyDictionary<string, object> values)
{
    /// <summary>The value of a field.</summary>
    /// <exception cref="ArgumentException">The settings lack the field, or hold a value of another type.</exception>
    public T Of<T>(Field<T> field)
        where T : notnull =>
        values.TryGetValue(field.Name, out object? value) && value is T typed
            ? typed
            : throw new ArgumentException($"no {typeof(T).Name} is bound to the field '{field.Name}'", nameof(field));
}
