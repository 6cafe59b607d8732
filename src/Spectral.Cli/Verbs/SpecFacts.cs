using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core;
using Spectral.Core.Execution;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary>What <c>check</c> says of a sound spec.</summary>
/// <param name="Examples">n, training examples.</param>
/// <param name="Classes">K.</param>
/// <param name="Rows">nK, rows of the training Jacobian.</param>
/// <param name="Parameters">p, its columns.</param>
/// <param name="PlanHash">The plan hash, 64 digits.</param>
internal sealed record SpecFacts(int Examples, int Classes, long Rows, long Parameters, string PlanHash)
{
    /// <summary>The facts of a plan.</summary>
    public static SpecFacts Of(RunPlan plan)
    {
        int classes = plan.Dataset.ClassNames.Length;
        return new SpecFacts(
            plan.Dataset.TrainCount,
            classes,
            (long)plan.JacobianExamples("train") * classes,
            NetworkLayout.Of(plan).ColumnCount(plan),
            PlanJson.Hash(plan, Catalog.Components));
    }

    /// <summary>One line for people.</summary>
    public string Text(string spec) => string.Create(
        CultureInfo.InvariantCulture,
        $"{spec}: ok, n = {Examples}, K = {Classes}, nK = {Rows}, p = {Parameters}, plan {PlanHash[..12]}");

    /// <summary>Adds the facts to a JSON object.</summary>
    public void AddTo(JsonObject json)
    {
        json["n"] = Examples;
        json["K"] = Classes;
        json["rows"] = Rows;
        json["parameters"] = Parameters;
        json["plan_hash"] = PlanHash;
    }
}
