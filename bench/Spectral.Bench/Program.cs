using System.Globalization;
using Spectral.Bench;

// Spectral.Bench VERB ARGUMENTS: one verb for each question; the scripts beside the project call it and make tables of what
// it prints.
switch (args)
{
    case ["training", string repetitions]:
        TrainingBench.Run(Number(repetitions));
        return 0;
    case ["training", string repetitions, string device]:
        TrainingBench.Run(Number(repetitions), DeviceBench.Open(device));
        return 0;
    case ["device-check", string device, .. string[] cases]:
        DeviceBench.CheckAll(device, cases);
        return 0;
    case ["device-training-check", string device, .. string[] nets]:
        TrainingCheck.Run(device, nets);
        return 0;
    case ["device-gram", string device, string corners, .. string[] cases]:
        DeviceBench.GramAll(device, corners, cases);
        return 0;
    case ["device-top", string device, string net, string examples, string count]:
        DeviceBench.Top(device, net, Number(examples), Number(count));
        return 0;
    case ["device-profile", string device, string net, string examples]:
        DeviceBench.Profile(device, net, Number(examples));
        return 0;
    case ["device-launches", string device]:
        DeviceBench.Launches(device);
        return 0;
    case ["device-limits", string device, string order]:
        DeviceBench.Limits(device, Number(order));
        return 0;
    case ["gram", .. string[] rest]:
        GramBench.Run(rest);
        return 0;
    case ["products", string net, string examples, string vectors, string products]:
        ProductBench.Run(net, Number(examples), Number(vectors), Number(products));
        return 0;
    case ["eigen", .. string[] rest]:
        EigenBench.Run(rest);
        return 0;
    case ["known", string order, string threads]:
        KnownSpectrumBench.Run(Number(order), Number(threads));
        return 0;
    case ["topk", string examples, string epochs, .. string[] rest]:
        TopKBench.Run(
            Number(examples),
            Number(epochs),
            rest is [string block, ..] ? Number(block) : 0,
            rest is [_, string passes] ? Number(passes) : 0);
        return 0;
    default:
        Console.Error.WriteLine("usage: training REPETITIONS [DEVICE] | device-check | device-training-check | device-gram | device-top | device-profile | device-launches | device-limits DEVICE ... | gram ... | eigen ... | known ORDER THREADS"
            + " | products NET N VECTORS PRODUCTS"
            + " | topk EXAMPLES EPOCHS [BLOCK [PASSES]]");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
