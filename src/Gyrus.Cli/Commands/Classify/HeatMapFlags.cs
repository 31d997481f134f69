using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>The options of <c>gyrus classify</c> that ask for heat maps.</summary>
internal sealed class HeatMapFlags
{
    private readonly Option<string?> _folder = new("--heatmap")
    {
        Description = "A folder for PNG files that show each scan with colours where the tumour decision comes from: red "
            + "speaks for a tumour, blue against.",
        HelpName = "DIR",
    };

    private readonly Option<HeatMapMethod?> _method = new Option<HeatMapMethod?>("--heatmap-method")
    {
        Description = "cam (the default): the network's own class activation map, at hardly any cost. occlusion: covers one "
            + "patch of the scan after the other, which takes some hundred times as long.",
    }.TakeNames();

    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_method);
    }

    /// <summary>What was asked for; null where no heat maps are wanted.</summary>
    /// <exception cref="GyrusException">A method is named without a folder.</exception>
    public HeatMapOptions? Read(ParseResult parsed)
    {
        var method = parsed.GetValue(_method);
        if (parsed.GetValue(_folder) is { } folder) return new HeatMapOptions(folder, method ?? HeatMapMethod.Cam);
        if (method is null) return null;
        throw new GyrusException("--heatmap-method goes with --heatmap DIR: the folder for the heat maps.");
    }
}
