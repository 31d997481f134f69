using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

/// <summary>Recipes as files: what is written is read again, and what is no recipe is refused with the member's name.</summary>
public sealed class RecipeFileTests : IDisposable
{
    private const int Cases = 1500;
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly TrainingRecipe Whole = new()
    {
        WeightsHash = Hash,
        Head = new HeadOptions([20, 9], 0.1),
        FineTune = new FineTuneOptions { FromLayer = "conv5" },
        Start = new StartChoice("/runs/small", Hash),
        Distil = new TeacherChoice("/models/large", Hash, 0.5, 4),
    };

    private readonly TempFolder _folder = new();

    private string File => _folder.File("recipe.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Recipe_written_and_read_is_the_same_whatever_was_chosen()
    {
        var recipes =
            from training in
                from rate in Gen.Choose(1, 1000)
                from epochs in Gen.Choose(1, 99)
                from metric in Gen.Elements(Enum.GetValues<SelectionMetric>())
                from schedule in Gen.Elements(Enum.GetValues<Schedule>())
                from clip in Gen.Elements(0.0, 1, 0.1)
                select new TrainingOptions { LearningRate = rate / 7e5, Epochs = epochs, Metric = metric, Schedule = schedule, ClipGradients = clip }
            from backbone in Gen.Elements(Backbone.All.Select(known => known.Name).ToArray())
            from size in Gen.Elements(0, 32, 224)
            from framing in Gen.Elements(Enum.GetValues<Framing>())
            from kernel in Gen.Elements(Enum.GetValues<ResampleKernel>())
            from units in Gen.ListOf(Gen.Choose(1, 300), 3)
            from fineTune in Gen.Elements(null, new FineTuneOptions(), new FineTuneOptions { BFloat16 = true, Augmentation = AugmentationOptions.None })
            from start in Gen.Elements(null, new StartChoice("/runs/a", null), new StartChoice("/runs/b", Hash))
            from distil in Gen.Elements(null, new TeacherChoice("/models/a", null), new TeacherChoice("/models/b", Hash, 1, 0.5))
            select new TrainingRecipe
            {
                Backbone = backbone,
                Preprocessing = new InputChoice(size, kernel, framing),
                Head = new HeadOptions([.. units], 0.5),
                Training = training,
                FineTune = fineTune,
                Start = fineTune is null ? null : start,
                Distil = fineTune is null ? null : distil,
            };

        Prop.ForAll(Arb.From(recipes), recipe =>
        {
            RecipeFile.Write(File, recipe);
            var read = RecipeFile.Read(File);

            Assert.Equal(recipe.Head.Hidden, read.Head.Hidden);
            Assert.Equal(recipe, read with { Head = recipe.Head });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Recipe_in_which_one_member_is_exchanged_or_missing_is_refused_with_its_name_or_in_its_ranges()
    {
        RecipeFile.Write(File, Whole);
        var good = System.IO.File.ReadAllText(File);
        var cases =
            from place in Gen.Elements(JsonMutation.Places(good).ToArray())
            from value in Gen.Elements<string?>([null, .. JsonMutation.Values])
            select (place, value);

        Prop.ForAll(Arb.From(cases), one =>
        {
            System.IO.File.WriteAllText(File, JsonMutation.Exchanged(good, one.place, one.value));
            try
            {
                var recipe = RecipeFile.Read(File);
                recipe.Training.Validate();
                recipe.Head.Validate();
                recipe.FineTune?.Validate();
            }
            catch (GyrusException e)
            {
                Assert.StartsWith(File + ": ", e.Message, StringComparison.Ordinal);
                Assert.Contains(one.place.Split('/')[1], e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("Gyrus.Learning", e.Message, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    [Theory]
    [InlineData("/training/epochs", null, "training.epochs is missing")]
    [InlineData("/fineTune/augmentation/zoom", null, "fineTune.augmentation.zoom is missing")]
    [InlineData("/training/epochs", "1.5", "training.epochs is 1.5; it must be a whole number")]
    [InlineData("/training/epochs", "0", "training cannot be so. The number of epochs must be at least 1; it is 0.")]
    [InlineData("/training/metric", "\"best\"", "training.metric is \"best\"; it must be one of accuracy, loss, tumourRecall.")]
    [InlineData("/training/metric", "1", "training.metric is 1; it must be one of")]
    [InlineData("/head/hidden/1", "\"nine\"", "head.hidden[1] is \"nine\"; it must be a whole number")]
    [InlineData("/head/hidden", "null", "head.hidden is null; it must be a list")]
    [InlineData("/training", "null", "training is null; it must be an object")]
    [InlineData("/training", "{\"a\":1}", "training.a is no member of a recipe. There are here training.learningRate, ")]
    [InlineData("/float16", "\"yes\"", "float16 is \"yes\"; it must be true or false")]
    [InlineData("/backbone", "\"vgg\"", "backbone cannot be so. There is no backbone 'vgg'.")]
    [InlineData("/preprocessing/size", "9000", "preprocessing.size cannot be so.")]
    [InlineData("/device", "\"tpu\"", "device cannot be so.")]
    [InlineData("/weightsHash", "\"abc\"", "weightsHash is 'abc'; it is a SHA-256")]
    [InlineData("/fineTune", "null", "fineTune is null; a run to start from is one that is fine-tuned further.")]
    [InlineData("/distil/share", "1.5", "distil cannot be so. The share of the teacher is above 0, to 1.")]
    [InlineData("/distil/temperature", "0", "distil cannot be so. The temperature of distillation is above 0.")]
    [InlineData("/distil/model", "\"\"", "distil.model is ''")]
    [InlineData("/formatVersion", "2", "formatVersion is 2; this gyrus reads 1. Use the gyrus that wrote it, or a newer one.")]
    [InlineData("/formatVersion", "0", "formatVersion is 0; the first is 1.")]
    public void Recipe_that_cannot_be_is_refused_with_file_and_member(string place, string? value, string message)
    {
        RecipeFile.Write(File, Whole);
        System.IO.File.WriteAllText(File, JsonMutation.Exchanged(System.IO.File.ReadAllText(File), place, value));

        var error = Assert.Throws<GyrusException>(() => RecipeFile.Read(File));

        Assert.StartsWith($"{File}: {message}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"seed\": 1, \"seed\": 2}")]
    [InlineData("learningRate: 1")]
    public void File_that_is_no_recipe_is_refused(string text)
    {
        System.IO.File.WriteAllText(File, text);

        Assert.StartsWith(File + ": ", Assert.Throws<GyrusException>(() => RecipeFile.Read(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipe_of_a_newer_format_is_told_as_that_whatever_else_it_holds()
    {
        System.IO.File.WriteAllText(File, """{ "formatVersion": 3, "optimiser": "lion" }""");

        Assert.Contains("formatVersion is 3", Assert.Throws<GyrusException>(() => RecipeFile.Read(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_are_passed_over_and_the_run_to_start_from_is_seen_from_the_files_folder()
    {
        RecipeFile.Write(File, Whole with { Start = new StartChoice("../small", null), Distil = new TeacherChoice("large", null) });
        System.IO.File.WriteAllText(File, "// as in the paper\n" + System.IO.File.ReadAllText(File));

        Assert.Equal(Path.GetFullPath(Path.Combine(_folder.Path, "..", "small")), RecipeFile.Read(File).Start!.Run);
        Assert.Equal(_folder.File("large"), RecipeFile.Read(File).Distil!.Model);
    }

    [Fact]
    public void Run_leaves_its_recipe_and_no_other_takes_its_place_when_it_is_resumed()
    {
        var plan = Plan();
        Train(plan, resume: false);
        var recipe = System.IO.File.ReadAllText(_folder.File("run/recipe.json"));
        var other = plan with { Training = plan.Training with { Seed = 7 } };

        Assert.Throws<GyrusException>(() => Train(other, resume: true));
        Train(plan, resume: true);

        Assert.Equal(recipe, System.IO.File.ReadAllText(_folder.File("run/recipe.json")));
        var members = JsonNode.Parse(recipe)!;
        Assert.Equal(plan.Weights.Hash(), (string?)members["weightsHash"]);
        Assert.Equal(32, (int?)members["preprocessing"]!["size"]);
        Assert.Equal(0, (double?)members["training"]!["clipGradients"]);
        Assert.Equal(3, (int?)members["training"]!["seed"]);
    }

    [Fact]
    public void Train_from_a_run_without_fine_tuning_is_refused()
    {
        var plan = Plan();
        Train(plan, resume: false);
        var start = TrainedRun.Open(_folder.File("run"), TinyData.Backbone, TinyData.Weights());

        var error = Assert.Throws<GyrusException>(() => Train(plan with { Start = start }, resume: false, "second"));

        Assert.Contains("fine-tuned further", error.Message, StringComparison.Ordinal);
    }

    private RunPlan Plan() => new(
        TinyData.Write(_folder, 5), "dataset.csv", TinyData.Backbone, TinyData.Weights(), TinyData.Backbone.Preprocessing(), Float16: false,
        new HeadOptions([8], 0), new TrainingOptions { Epochs = 1, BatchSize = 8, Seed = 3 }, FineTune: null);

    private void Train(RunPlan plan, bool resume, string run = "run") => TrainingRun.Train(
        plan, _folder.File(run), resume, _folder.File("features"), TimeProvider.System, new RunObserver(), CancellationToken.None);
}
