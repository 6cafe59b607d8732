using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;

namespace Spectral.Core.Datasets;

/// <summary>Whether the inputs of a split that is drawn fit into one array.</summary>
internal static class SplitSize
{
    /// <summary>A problem for each split that has more numbers than an array can hold.</summary>
    /// <param name="dimension">Inputs of an example.</param>
    /// <param name="splits">Examples by the name of their field.</param>
    public static ImmutableArray<FieldProblem> Problems(int dimension, params ReadOnlySpan<(string Field, int Count)> splits)
    {
        ImmutableArray<FieldProblem>.Builder problems = ImmutableArray.CreateBuilder<FieldProblem>();
        foreach ((string field, int count) in splits)
        {
            if ((long)count * dimension > Array.MaxLength)
            {
                problems.Add(new FieldProblem(
                    field,
                    string.Create(CultureInfo.InvariantCulture, $"{count} examples of {dimension} inputs"),
                    string.Create(CultureInfo.InvariantCulture, $"no more than {Array.MaxLength / dimension} examples")));
            }
        }

        return problems.ToImmutable();
    }
}
