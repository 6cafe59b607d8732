namespace Spectral.Dsl

open Microsoft.FSharp.Reflection

/// The one table of all codes.
module internal Codes =

    /// The stable code, its title and the paragraph that `spectral describe CODE` prints.
    let private entry code =
        match code with
        | FileMissing ->
            "SP0001",
            "the file does not exist",
            "No file stands at the path that was given. Paths are relative to the folder in which the command was "
            + "started, not to the project."
        | FileUnreadable ->
            "SP0002",
            "the file cannot be read",
            "The path names a folder, or the operating system refused to read it. A spec is one regular file that the "
            + "user who starts the command may read."
        | TooLarge ->
            "SP0003",
            "the file is too large",
            "A spec may have 1 MiB at most. It describes an experiment and holds no data; a file of this size is most "
            + "likely not the one that was meant."
        | NotUtf8 ->
            "SP0004",
            "the file is not UTF-8",
            "A spec is text in UTF-8, with or without a byte order mark. The place given is where the first byte "
            + "sequence stands that is not valid UTF-8; UTF-16 and Latin-1 files must be converted first."
        | ForbiddenCharacter ->
            "SP0005",
            "a character may not stand in a spec",
            "Control characters other than tab and line ends, lone surrogates, and the line separators U+0085, U+2028 "
            + "and U+2029 (line breaks in YAML 1.1, none in YAML 1.2) are refused. A NUL usually means a binary file."
        | EmptyDocument ->
            "SP0006",
            "the spec is empty",
            "The text holds nothing but white space and comments. experiments/quickstart.yaml is a spec to start from."
        | YamlSyntax ->
            "SP0007",
            "the text is not YAML",
            "The YAML parser could not go on. Common causes: a closing bracket or quote that is missing, lines of one "
            + "block that begin in different columns, and text with ': ' or ' #' in it that is not in quotes."
        | TabIndentation ->
            "SP0008",
            "a tab is used as indentation",
            "YAML allows only spaces before the first character of a line. Set the editor to insert spaces."
        | DuplicateKey ->
            "SP0009",
            "a key stands twice in one mapping",
            "Each key of a mapping may stand once. Many YAML readers silently keep the last one; here that would hide "
            + "which of two settings an experiment ran with."
        | KeyNotText ->
            "SP0010",
            "a key is not text",
            "Keys of a spec are words. Lists, mappings, aliases and nothing at all cannot be keys."
        | CustomTag ->
            "SP0011",
            "a tag is not known here",
            "Only the tags of the YAML 1.2 core schema (!!str, !!int, !!float, !!bool, !!null, !!seq, !!map) may be "
            + "used, and only on values that have that type."
        | SeveralDocuments ->
            "SP0012",
            "the file holds more than one document",
            "A spec file is one YAML document. Write one file for each experiment."
        | MergeKey ->
            "SP0013",
            "merge keys are not supported",
            "The key << belongs to YAML 1.1 and not to the YAML 1.2 core schema. Write the settings out, or use an "
            + "anchor for a whole value."
        | UnknownAnchor ->
            "SP0014",
            "an alias has no anchor",
            "An alias *name stands for the value that was marked &name earlier in the file."
        | CyclicAnchor ->
            "SP0015",
            "an anchor contains itself",
            "An alias inside the value that its anchor marks would make the value infinite."
        | TooManyNodes ->
            "SP0016",
            "the spec has too many values",
            "With every alias written out, a spec may have 100,000 keys and values at most. The limit keeps a few "
            + "lines of aliases of aliases from filling the memory."
        | TooDeep ->
            "SP0017",
            "the spec is nested too deeply",
            "Lists and mappings may stand in one another 64 levels deep at most."
        | YamlVersion ->
            "SP0018",
            "the YAML version is not 1.2",
            "Specs are YAML 1.2. In YAML 1.1 words such as no and off are truth values and 1e-5 is text, so a file "
            + "that asks for another version would mean something else. Remove the %YAML directive."
        | SpecVersionMissing ->
            "SP0101",
            "the spec does not name its version",
            "Every spec begins with `spectral: 1`, the version of the language it is written in, so that later "
            + "versions can read it as it was meant."
        | SpecVersionUnknown ->
            "SP0102",
            "the spec is of another version",
            "This build reads specs of version 1 only. Nothing else was checked, because keys may mean something else "
            + "in another version."
        | UnknownKey ->
            "SP0103",
            "a key is not known",
            "The language has no such key at this place. Unknown keys are errors, because a misspelt setting would "
            + "otherwise silently keep its default."
        | MissingKey -> "SP0104", "a required key is missing", "The key has no default, so the spec must give it."
        | WrongShape ->
            "SP0105",
            "a mapping was expected",
            "The value of this key is a mapping of further keys, `key: value`, one on each line or in braces."
        | WrongValue ->
            "SP0106",
            "a value is not allowed here",
            "The value has the wrong type or is out of range. Types follow the YAML 1.2 core schema: 1e-5 and .5 are "
            + "numbers; 1_000, yes, no, on and off are text, and so is everything in quotes."
        | BadName ->
            "SP0107",
            "the experiment's name cannot name a folder",
            "A name has 1 to 64 of the characters a-z, 0-9 and hyphen, and neither begins nor ends with a hyphen. It "
            + "names the result's folder and never changes the plan hash."
        | RepeatedItem ->
            "SP0108",
            "an item stands twice in a list",
            "Each item of this list may stand once; a second one would ask for the same work again."
        | WeightsClash ->
            "SP0109",
            "weights from elsewhere do not go with the rest",
            "`weights` lists the checkpoints of a model that was trained elsewhere: `training` is none, or has 0 epochs, "
            + "and neither `initial` nor `jacobian.at` has anything left to say."
        | UnclearExpectation ->
            "SP0110",
            "an expectation does not say what is expected",
            "An item of `expected` has exactly one of `value` with `tolerance`, `at_least`, `at_most`, `more_than` and "
            + "`less_than`; the last two name another measurement by what is different about it, such as {at: initial}."
        | UnknownKind ->
            "SP0201",
            "a component's kind is not known",
            "The catalog has no component of this name in the family that belongs here. `spectral describe` lists all "
            + "kinds with their settings."
        | UnknownSetting ->
            "SP0202",
            "a component has no such setting",
            "`spectral describe KIND` lists a component's settings with their types, ranges, units and defaults."
        | MissingSetting ->
            "SP0203",
            "a required setting is missing",
            "The setting has no default, so the spec must give it. A component can be written as its bare kind only "
            + "where every setting has a default."
        | SettingOutOfRange ->
            "SP0204",
            "a setting has the wrong type or is out of range",
            "The message names the setting's full path and what it takes. In intervals a round bracket leaves the end "
            + "out and a square bracket includes it. `-S path=value` takes the same path."
        | NoComponent ->
            "SP0205",
            "a component was expected",
            "A component is a bare kind, `digits`, or one kind with its settings, `digits: {train: 100}`; a lone value "
            + "fills the first setting, `rank: 50`."
        | SettingsClash ->
            "SP0206",
            "settings do not go together",
            "Each setting is in range by itself, but not beside the component's other settings."
        | RepeatedAnalysis ->
            "SP0207",
            "an analysis stands twice",
            "Measurements are told apart by the analysis's kind, so each kind may stand once in `analyses`."
        | NoSettings ->
            "SP0208",
            "a component takes no settings",
            "The component is written as its bare kind; there is nothing that the value could set."
        | LayerMismatch ->
            "SP0301",
            "a layer does not accept its input's shape",
            "Shapes flow from the dataset through the layers in order, without the batch axis: [64] is 64 features, "
            + "[3, 32, 32] channels, height and width. The message gives the first layer that does not fit."
        | OutputMismatch ->
            "SP0302",
            "the network does not end in one output for each class",
            "The network's last shape must be [K], K being the number of the dataset's classes, because the Jacobian "
            + "has one row for each example and class."
        | NoParameters ->
            "SP0303",
            "the network has no parameters",
            "A network without parameters has no Jacobian and nothing to train."
        | BatchTooLarge ->
            "SP0304",
            "the batch is larger than the training split",
            "A step takes batch_size different training examples, so there must be that many. `full` takes them all."
        | CheckpointTooLate ->
            "SP0305",
            "a checkpoint lies behind the end of training",
            "Checkpoints are numbers of finished epochs, from 0 (initial) to training.epochs (final), or of finished "
            + "steps, of which an epoch has n / batch_size, rounded up."
        | RepeatedCheckpoint ->
            "SP0306",
            "two checkpoints are the same moment",
            "`initial` is epoch 0 and `final` is training.epochs; each epoch, step and lowest error may stand once in "
            + "jacobian.at."
        | RankTooLarge ->
            "SP0307",
            "the cutoff's rank exceeds the Jacobian's",
            "A Jacobian of n K rows and p columns has min(n K, p) singular values, so no information space can be "
            + "larger. The check is made for every split."
        | JacobianTooLarge ->
            "SP0308",
            "the Jacobian is too large for the method",
            "LAPACK decomposes a square matrix of order min(n K, p), 32,766 at most, for `direct`, and of order n K, 23,000 "
            + "at most, for `tsqr`; `gram` and `krylov` have no such limit. Every method takes fewer rows with "
            + "jacobian.examples."
        | EmptySplit -> "SP0309", "a split has no examples", "A spectrum needs at least one example of its split."
        | NoiseMismatch ->
            "SP0310",
            "the noise does not fit the dataset's targets",
            "Noises on classes need one-hot targets of two or more classes, and a confusion matrix needs one row for each "
            + "class. Real-valued targets take gaussian and permuted."
        | NoMatch ->
            "SP0311",
            "a pattern matches no parameter",
            "A pattern is a parameter's full name, such as 1.weight, in which * stands for any text and ? for any one "
            + "letter. Each must match one parameter or more; running statistics are buffers and never match."
        | WeightsUnreadable ->
            "SP0312",
            "a file of weights cannot be read",
            "Weights are read from a safetensors file, as safetensors.torch.save_file writes it, whose path is relative to "
            + "the spec's folder. The file is missing, or not whole, or of another format."
        | WeightsMismatch ->
            "SP0313",
            "a file does not hold this network's weights",
            "Every parameter and buffer of the network must be in the file under the name of PyTorch's state dict, with "
            + "its shape, as F32 or F64, all finite; num_batches_tracked is passed over, anything else is too much."
        | TooManyRows ->
            "SP0314",
            "the Jacobian is asked for more examples than there are",
            "`jacobian.examples` gives the Jacobian rows for the first examples of a split: one number for every split "
            + "of jacobian.splits, or {train: N, test: M}. Left out, all examples have rows."
        | MethodMismatch ->
            "SP0315",
            "the method does not compute the spectrum that is asked for",
            "`krylov` finds the largest singular values, spectrum: {top: N}. `direct`, `gram` and `tsqr` compute all of "
            + "them, spectrum: full. `auto` takes what fits."
        | NotImages ->
            "SP0320",
            "an augmentation does not accept its input's shape",
            "Augmentations change the dataset's examples before the network sees them, in the order of the list. "
            + "`random_crop` and `horizontal_flip` take images [channels, height, width]."
        | NoValidation ->
            "SP0321",
            "the validation error is asked for without a validation split",
            "`best_validation` is where the error on the validation split is lowest; give the dataset a number of "
            + "validation examples."
        | StoppingUndefined ->
            "SP0322",
            "the stopping time by the spectrum is not defined",
            "T = Gamma / (eta alpha^2) is a time of gradient descent on the squared error. It needs the loss "
            + "squared_error and the optimizer sgd without weight decay, augmentation or clipping, and the split train."
        | EvaluationsClash ->
            "SP0323",
            "evaluations do not go with the rest of training",
            "The network is evaluated every `evaluate_every` epochs. Outputs can be recorded at evaluations only, and a "
            + "stopping rule that watches an error watches it after every epoch."
        | NothingToMeasure ->
            "SP0324",
            "an analysis has nothing to say of this run",
            "Some analyses are defined for some losses, networks, noises or checkpoints only; the message says what is "
            + "missing. `spectral describe KIND` tells what an analysis measures. Where `analyses` is left out, those that "
            + "do not apply are left out too."
        | UnmeasuredExpectation ->
            "SP0325",
            "an expectation is about something that the run does not measure",
            "`quantity` begins with an analysis of the run, or with spectrum or training; `at` is one of its checkpoints "
            + "and `split` one of its splits. `spectral plan` shows them."
        | OverrideMalformed ->
            "SP0401",
            "an override is not path=value",
            "An override is written `-S path=value`: a dotted path of keys, kinds and list indices, such as "
            + "dataset.digits.train, an equals sign, and a YAML value."
        | OverridePathBlocked ->
            "SP0402",
            "an override's path goes into a plain value",
            "A step of the path meets a value that has no parts. Only mappings, lists, components and the seed do."
        | OverrideIndex ->
            "SP0403",
            "an override's path names no item of a list",
            "Items of a list are named by their index, counted from 0. An override can replace items but not add any."
        | NoAxis ->
            "SP0501",
            "a sweep has no values for a path",
            "A path of `sweep` has a list of one value or more, or a range, `{from: 1, to: 5}` with `step` or `count`. A list "
            + "for one run stands in a list of its own: `network.mlp.hidden: [[8, 8], [16]]`."
        | SweepPath ->
            "SP0502",
            "a path cannot be swept",
            "A path of `sweep` is dotted as `-S` takes it, and leads to a value or a component of the spec. Each stands once in "
            + "the whole sweep, and none inside another: seed.root and seed.init, not seed and seed.init."
        | SweepRange ->
            "SP0503",
            "a range does not lead from its one end to its other",
            "Both ends of a range belong to it. `step` is added from `from` on until it meets `to` exactly, in decimal "
            + "arithmetic; `count` divides the range evenly. Logarithmic ranges have a `count` and ends above 0."
        | UnequalZip ->
            "SP0504",
            "zipped lists are not equally long",
            "The paths of `zip` change together: the first values of all, then the second ones. So each has as many values "
            + "as the others."
        | TooManyPoints ->
            "SP0505",
            "a sweep has too many points",
            "A sweep may have 100,000 points at most, counted before `exclude`. The number is the product of the lengths of "
            + "its axes; `zip` and `random` are one axis each."
        | ExclusionUnmet ->
            "SP0506",
            "an exclusion does not fit the sweep",
            "An item of `exclude` gives values to paths of the sweep, and removes every point that has all of them. One that "
            + "removes nothing is most likely a slip, and one run at least must be left."
        | NoSuchPoint ->
            "SP0507",
            "the sweep has no such point",
            "`--point N` takes one point of a sweep by its number, from 1, as `spectral check` and `spectral plan` list them."
        | AxisOverridden ->
            "SP0508",
            "an override takes the place of a swept path",
            "Overrides hold at every point, so a path that `-S` sets, or that lies inside what it sets, is not swept. The note "
            + "says that the sweep has fewer points for it."
        | RepeatedPoint ->
            "SP0509",
            "two points of a sweep are one plan",
            "The points have the same name and plan hash, so that the second one would only do the first one's work again. It "
            + "is left out; the other points keep their numbers."
        | ScriptDoesNotCompile ->
            "SP0601",
            "the script does not compile",
            "The F# compiler refused the script; the message is its own. A component of another family where one belongs "
            + "is such an error, and so is a number of another type."
        | ScriptFailed ->
            "SP0602",
            "the script ended in a failure",
            "The script compiled, but an exception ended it, or it ended itself with an exit code other than 0. What it "
            + "had made before does not count."
        | NoExperiment ->
            "SP0603",
            "the script makes no experiment",
            "A script is a spec when it makes one experiment with `experiment { ... }`; it need not be bound to a name."
        | SeveralExperiments ->
            "SP0604",
            "the script makes several experiments",
            "A spec is one experiment. Every evaluation of `experiment { ... }` counts, one inside a function or a loop "
            + "too."
        | MemoryExceeded ->
            "SP0701",
            "a run needs more memory than the spec allows",
            "`resources.memory` is the most resident memory of the process, and the prediction of `spectral plan` is above it. "
            + "The message names the stage that reaches the peak. Predictions rest on shapes and on what the program itself "
            + "takes, and are within 30 % as a rule; raise the limit if it was guessed."
        | TimeExceeded ->
            "SP0702",
            "a run takes longer than the spec allows",
            "`resources.time` is the most time of a run with nothing in the stage cache, and the prediction by this machine's "
            + "calibration is above it. The message names the longest stage. Predictions are within a factor of 2 as a rule; "
            + "`spectral calibrate` measures anew."
        | DiskExceeded ->
            "SP0703",
            "a run leaves more on the disk than the spec allows",
            "`resources.disk` is the most bytes of the bundle and of the run's entries in the stage cache together. Recorded "
            + "outputs (`training.record_outputs_every`), checkpoints and left singular vectors take most of it."
        | TimeUnknown ->
            "SP0704",
            "a limit of time is not checked",
            "`resources.time` is held against times that were measured on this machine, and there are none of this release "
            + "of the program yet. `spectral calibrate` takes them in half a minute; until then the limit is left out."
        | NotYet ->
            "SP0901",
            "not supported yet",
            "This is a word of the language, but this version cannot run it yet. It is refused, so that no experiment "
            + "runs without something that its author asked for."

    /// The stable code, SP and four digits.
    let id code =
        let id, _, _ = entry code
        id

    /// Every code, in the order of the table.
    let all = [
        for case in FSharpType.GetUnionCases(typeof<Code>, true) do
            match FSharpValue.MakeUnion(case, [||], true) with
            | :? Code as code -> entry code
            | _ -> ()
    ]
