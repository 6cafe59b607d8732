using System.Globalization;
using Spectral.Bench;

// Spectral.Bench VERB ARGUMENTS: one verb for each question; the scripts beside the project call it and make tables of what
// it prints.
switch (args)
{
    case ["training", string repetitions]:
        TrainingBench.Run(int.Parse(repetitions, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("usage: training REPETITIONS");
        return 2;
}
