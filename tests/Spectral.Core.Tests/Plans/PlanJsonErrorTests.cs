using System.Text;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Plans;

/// <summary>A plan that is damaged in one place is refused by the name of that place.</summary>
public sealed class PlanJsonErrorTests
{
    [Theory]
    [InlineData("extra", "1", "plan: unknown key 'extra'")]
    [InlineData("name", "\"small\"", "plan: unknown key 'name'")]
    [InlineData("cutoff", null, "plan: the key 'cutoff' is missing")]
    [InlineData("plan", null, "plan: the key 'plan' is missing")]
    [InlineData("plan", "2", "plan: this is a plan of version 2, and this build reads version 1")]
    [InlineData("plan", "\"1\"", "plan: this is a plan of version \"1\", and this build reads version 1")]
    [InlineData("training", "[]", "training: expected an object")]
    [InlineData("training/epochs", null, "training: the key 'epochs' is missing")]
    [InlineData("training/shedule", "1", "training: unknown key 'shedule'")]
    [InlineData("training/epochs", "-1", "training.epochs: expected an integer in [0, 2147483647]")]
    [InlineData("training/epochs", "2147483648", "training.epochs: expected an integer in [0, 2147483647]")]
    [InlineData("training/epochs", "0.5", "training.epochs: expected an integer in [0, 2147483647]")]
    [InlineData("training/epochs", "\"5\"", "training.epochs: expected an integer in [0, 2147483647]")]
    [InlineData("training/epochs", "null", "training.epochs: expected an integer in [0, 2147483647]")]
    [InlineData("training/batch_size", "0", "training.batch_size: expected an integer in [1, 2147483647]")]
    [InlineData("training/record_outputs_every", "0", "training.record_outputs_every: expected an integer in [1, ")]
    [InlineData("training/evaluate_every", "1", "training.evaluate_every: expected an integer in [2, ")]
    [InlineData("training/evaluate_every", "3", "training.record_outputs_every: not a multiple of evaluate_every")]
    [InlineData("jacobian/examples", "3", "jacobian.examples: expected an object")]
    [InlineData("jacobian/examples", "{\"train\":0}", "jacobian.examples.train: expected an integer in [1, ")]
    [InlineData("jacobian/examples", "{\"validation\":1}", "jacobian.examples: unknown key 'validation'")]
    [InlineData("jacobian/examples", "{\"test\":12}", "jacobian.examples.test: expected fewer than the split's 12")]
    [InlineData("training/precision", "32", "training.precision: expected a text")]
    [InlineData(
        "training/loss", "{\"hinge\":{}}", "training.loss: this version knows no loss named 'hinge'")]
    [InlineData(
        "training/loss", "{\"squared_error\":{\"reduction\":\"mean\"}}",
        "training.loss.squared_error.reduction: expected one of sum, batch_mean, element_mean")]
    [InlineData("training/optimizer/sgd/momentum", "1", "training.optimizer.sgd.momentum: expected a real in [0, 1)")]
    [InlineData(
        "training/optimizer/sgd/momentum", "-1e-9", "training.optimizer.sgd.momentum: expected a real in [0, 1)")]
    [InlineData(
        "training/optimizer/sgd/learning_rate", "0", "training.optimizer.sgd.learning_rate: expected a real in (0, ")]
    [InlineData("training/optimizer/adam", "{}", "training.optimizer: expected one optimizer as {kind: settings}")]
    [InlineData("dataset", "{}", "dataset: expected one dataset as {kind: settings}")]
    [InlineData("dataset", "\"digits\"", "dataset: expected one dataset as {kind: settings}")]
    [InlineData("dataset/digits", "null", "dataset.digits: expected an object")]
    [InlineData("dataset/digits/classes", "[3]", "dataset.digits.classes: expected a list of 2 or more")]
    [InlineData("dataset/digits/classes", "3", "dataset.digits.classes: expected a list of 2 or more")]
    [InlineData("dataset/digits/classes/1", "10", "dataset.digits.classes[1]: expected an integer in [0, 9]")]
    [InlineData("dataset/digits/classes/1", "5.5", "dataset.digits.classes[1]: expected an integer in [0, 9]")]
    [InlineData(
        "dataset/digits/classes", "[3,5,3]", "dataset.digits.classes: expected every digit at most once, got 3 twice")]
    [InlineData("dataset/digits/train", "600", "dataset.digits.train: expected no more than the 183 images of digit 3")]
    [InlineData("noise/uniform/rate", "1.5", "noise.uniform.rate: expected a real in [0, 1]")]
    [InlineData("noise", "{\"rank\":{\"rank\":4}}", "noise: this version knows no noise named 'rank'")]
    [InlineData("network/mlp/hidden/0", "0", "network.mlp.hidden[0]: expected an integer of 1 or more")]
    [InlineData(
        "network/mlp/activation", "{\"sine\":{}}", "network.mlp.activation: this version knows no layer named 'sine'")]
    [InlineData(
        "network/mlp/activation", "{\"flatten\":{},\"tanh\":{}}", "network.mlp.activation: expected one layer as ")]
    [InlineData("network/mlp/activation/tanh/slope", "1", "network.mlp.activation.tanh: unknown key 'slope'")]
    [InlineData("jacobian/method", "7", "jacobian.method: expected a text")]
    [InlineData("jacobian/splits", "\"train\"", "jacobian.splits: expected an array")]
    [InlineData("jacobian/splits/1", "\"validation\"", "jacobian.splits[1]: expected train or test")]
    [InlineData("jacobian/splits/0", "\"Train\"", "jacobian.splits[0]: expected train or test")]
    [InlineData("jacobian/splits/0", "null", "jacobian.splits[0]: expected train or test")]
    [InlineData("jacobian/at", "{}", "jacobian.at: expected an array")]
    [InlineData("jacobian/at/1", "\"final\"", "jacobian.at[1]: expected an object")]
    [InlineData("jacobian/at/1/epoch", "-1", "jacobian.at[1].epoch: expected an integer in [0, 2147483647]")]
    [InlineData("jacobian/at/1/name", "3", "jacobian.at[1].name: expected a text")]
    [InlineData("jacobian/at/0/name", "\"\"", "jacobian.at[0].name: expected letters, digits and hyphens")]
    [InlineData("jacobian/at/0/name", "\"..\"", "jacobian.at[0].name: expected letters, digits and hyphens")]
    [InlineData("jacobian/at/0/name", "\"../../etc\"", "jacobian.at[0].name: expected letters, digits and hyphens")]
    [InlineData("jacobian/at/0/name", "\"a/b\"", "jacobian.at[0].name: expected letters, digits and hyphens")]
    [InlineData("jacobian/at/0/name", "\"a\\\\b\"", "jacobian.at[0].name: expected letters, digits and hyphens")]
    [InlineData("jacobian/at/0/name", "\"a\\u0000\"", "jacobian.at[0].name: expected letters, digits and hyphens")]
    [InlineData("jacobian/at/0/name", "\"\u00e9poque\"", "jacobian.at[0].name: expected letters, digits and hyphens")]
    [InlineData("analyses", "{}", "plan.analyses: expected an array")]
    [InlineData("analyses/1", "\"label_alignment\"", "analyses[1]: expected one analysis as {kind: settings}")]
    [InlineData("analyses/2", "{\"hessian\":{}}", "analyses[2]: this version knows no analysis named 'hessian'")]
    [InlineData("threads", "0", "plan.threads: expected an integer in [1, 2147483647]")]
    [InlineData("seed", "1", "seed: expected an object")]
    [InlineData("seed/root", null, "seed: the key 'root' is missing")]
    [InlineData("seed/weights", "1", "seed: unknown key 'weights'")]
    [InlineData("seed/root", "-1", "seed.root: expected an integer in [0, 9007199254740992]")]
    [InlineData("seed/noise", "1e300", "seed.noise: expected an integer in [0, 9007199254740992]")]
    public void One_damaged_place_is_named(string path, string? json, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<FormatException>(() => PlanEdit.Parse(path, json)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("training/precision", "\"float16\"")]
    [InlineData("jacobian/precision", "\"Float64\"")]
    public void A_precision_that_is_none_is_refused(string path, string json) =>
        Assert.Contains(
            "expected float32 or float64, got " + json.Replace('"', '\''),
            Assert.Throws<FormatException>(() => PlanEdit.Parse(path, json)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_name_of_64_letters_is_taken_and_of_65_is_not()
    {
        Assert.Equal(
            new string('x', 64),
            PlanEdit.Parse("jacobian/at/0/name", $"\"{new string('x', 64)}\"").Jacobian.At[0].Name);
        Assert.Throws<FormatException>(() => PlanEdit.Parse("jacobian/at/0/name", $"\"{new string('x', 65)}\""));
    }

    [Fact]
    public void The_ends_of_a_range_are_taken()
    {
        Assert.Equal(int.MaxValue, PlanEdit.Parse("training/epochs", "2147483647").Training.Epochs);
        Assert.Equal(0, PlanEdit.Parse("noise/uniform/rate", "0.0").Noise is UniformNoise noise ? noise.Rate : -1);
        Assert.Equal(1L << 53, PlanEdit.Parse("seed/root", "9007199254740992").Seeds.Root);
        Assert.Equal(int.MaxValue, PlanEdit.Parse("threads", "2147483647").Threads);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"plan\":1,\"plan\":1}")]
    public void What_is_no_JSON_object_is_no_plan(string text) =>
        Assert.Throws<FormatException>(() => PlanJson.Parse(Encoding.UTF8.GetBytes(text), Catalog.Components));
}
