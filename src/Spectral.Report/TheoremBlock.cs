using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>The theorems of a run as a table: a row for each that speaks of it, the terms of its bound beside it.</summary>
internal static class TheoremBlock
{
    private const int Digits = 3;

    private static readonly ImmutableArray<(string Number, string About)> Theorems =
        [("3.2", "error"), ("3.3", "error"), ("5.3", "‖r_T‖/‖r_0‖")];

    private static readonly ImmutableArray<(string Header, string Quantity, string Explanation)> Columns =
    [
        ("k needed/k", "k_ratio", "the width that the theorem asks for over the network's"),
        ("failed", "hypotheses_failed", "hypotheses that the run does not meet; the table theorems.csv lists them"),
        ("open", "hypotheses_unknown", "hypotheses that no finite run can settle"),
        ("bias", "bias", "the part of the bound by what lies in the nuisance space"),
        ("variance", "variance", "the part by the distance that the weights move"),
        ("P_I e^-Γ", "information", "the part by what is left in the information space"),
        ("P_N", "nuisance", "the part by what lies in the nuisance space"),
        ("precision", "precision", "the part by the departure from the linearised network"),
        ("sample", "concentration", "the part by the number of examples"),
        ("e^-Γ", "early_stopping", "the part by stopping at T"),
        ("bound", "bound", "the sum; ! where it is vacuous, ? where a hypothesis of it fails or is open"),
        ("test error", "test_error", "measured at T, on test labels with the noise of the training labels"),
        ("left", "residual", "‖r_T‖/‖r_0‖ as measured"),
    ];

    /// <summary>The block; null where the analysis was not asked for.</summary>
    public static SummaryBlock? Of(RunResult result)
    {
        ImmutableArray<(string Number, string About)> told =
            [.. Theorems.Where(theorem => Find(result, theorem.Number, "bound") is not null)];
        if (told.IsEmpty)
            return null;
        ImmutableArray<(string Header, string Quantity, string Explanation)> filled =
        [
            .. Columns.Where(column => told.Any(
                theorem => Cell(result, theorem.Number, column.Quantity) != UncertainNumber.Absent)),
        ];
        return new SummaryBlock(
            "What the theorems of arXiv:1906.05392v2 promise, and what was measured",
            [
                new SummaryColumn("", "theorem", "", IsKey: true),
                new SummaryColumn("", "bounds", "", IsKey: true),
                .. filled.Select(column => new SummaryColumn("", column.Header, column.Explanation, IsKey: false)),
            ],
            [
                .. told.Select(theorem => ImmutableArray.Create(theorem.Number, theorem.About).AddRange(
                    filled.Select(column => Cell(result, theorem.Number, column.Quantity)))),
            ]);
    }

    /// <summary>Norms that are no fraction, and 3.2's c, stand in the analysis' own table alone.</summary>
    private static string Cell(RunResult result, string number, string quantity)
    {
        bool isElsewhere = number != "5.3" && quantity is ("residual" or "information");
        if (isElsewhere || Find(result, number, quantity) is not { } row)
            return UncertainNumber.Absent;
        string mark = row.Status switch
        {
            "vacuous" => "!",
            "unproved" or "unchecked" => "?",
            _ => "",
        };
        // An error rate is exact for the examples it was counted on.
        return quantity is "test_error"
            ? UncertainNumber.Format(row.Value, row.Value, row.Value, Digits)
            : MeasurementText.Of(row, Digits) + mark;
    }

    private static Measurement? Find(RunResult result, string number, string quantity)
    {
        string name = $"theorem_{number.Replace('.', '_')}_{quantity}";
        return result.Measurements.FirstOrDefault(
            row => row.Analysis == "theorems" && row.Quantity == name && row.Target != "clean");
    }
}
