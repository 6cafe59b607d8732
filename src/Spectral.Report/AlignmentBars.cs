using System.Collections.Immutable;

namespace Spectral.Report;

/// <summary>One bar of the alignment figure: a label vector at a checkpoint. Shares are of ||y||^2, 0 to 1.</summary>
/// <param name="Split">The split, which is the bar's panel.</param>
/// <param name="Position">Its place on the vertical axis: 0 for the topmost bar, falling.</param>
/// <param name="Label">The text beside it.</param>
/// <param name="Share">||P_I y||^2 / ||y||^2; the rest is in the nuisance space.</param>
/// <param name="ShareText">That share in per cent, with the digits that are known.</param>
/// <param name="Random">The share that a random space of the same dimension holds, or null.</param>
/// <param name="Classes">The share that class-constant vectors hold, or null.</param>
internal sealed record AlignmentBar(
    string Split, double Position, string Label, double Share, string ShareText, double? Random, double? Classes);

/// <summary>Chooses and places the bars of the alignment figure.</summary>
internal static class AlignmentBars
{
    private const double GroupGap = 0.7;

    private static readonly ImmutableArray<(string Target, string Label)> Targets =
        [("given", "given y"), ("clean", "clean y"), ("centred", "centred y"), ("noise", "label noise")];

    /// <summary>
    /// The bars of all splits. Splits share their vertical places, so that the same label at the same checkpoint is at the
    /// same height. Only what can be relied on gets a bar: not a space that is not unique, and no refused cutoff.
    /// </summary>
    public static ImmutableArray<AlignmentBar> Of(MeasurementIndex index)
    {
        ImmutableArray<AlignmentBar>.Builder bars = ImmutableArray.CreateBuilder<AlignmentBar>();
        ImmutableArray<string> checkpoints = Ends(index);
        double position = 0;
        foreach ((string target, string label) in Targets)
        {
            string heading = label;
            foreach (string checkpoint in checkpoints)
            {
                ImmutableArray<AlignmentBar> row =
                [
                    .. index.Points.Where(point => point.Checkpoint == checkpoint)
                        .Select(point => Bar(index, point, target, position, FigureStyle.Checkpoint(checkpoint), heading))
                        .OfType<AlignmentBar>(),
                ];
                if (row.IsEmpty)
                    continue;
                bars.AddRange(row);
                heading = "";
                position -= 1;
            }

            if (heading.Length == 0)
                position -= GroupGap;
        }

        return bars.ToImmutable();
    }

    /// <summary>The first and the last checkpoint: before and after.</summary>
    private static ImmutableArray<string> Ends(MeasurementIndex index)
    {
        ImmutableArray<string> all =
            [.. index.Points.OrderBy(point => point.Epoch).Select(point => point.Checkpoint).Distinct()];
        return all.Length < 2 ? all : [all[0], all[^1]];
    }

    private static AlignmentBar? Bar(
        MeasurementIndex index, MeasuredPoint at, string target, double position, string checkpoint, string heading)
    {
        if (index.Find(at, "label_alignment", "information", target) is not { Status: "ok" } ratio
            || !double.IsFinite(ratio.Value))
        {
            return null;
        }

        return new AlignmentBar(
            at.Split,
            position,
            heading.Length > 0 ? $"{heading}, {checkpoint}" : checkpoint,
            Math.Clamp(ratio.Value * ratio.Value, 0, 1),
            UncertainNumber.Format(Percent(ratio.Value), Percent(ratio.Lower), Percent(ratio.Upper), 3),
            Square("random_baseline"),
            Square("class_constant_baseline"));

        double? Square(string quantity) =>
            index.Find(at, "label_alignment", quantity, target) is { } found && double.IsFinite(found.Value)
                ? found.Value * found.Value
                : null;

        static double Percent(double norm) => 100 * Math.Max(norm, 0) * Math.Max(norm, 0);
    }
}
