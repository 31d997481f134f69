using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>The options of <c>gyrus classify</c> that ask for heat maps.</summary>
internal sealed class HeatMapFlags
{
    private readonly Option<string?> _folder = new("--heatmap")
    {
        Description = "A folder for PNG files that show each scan with colours where the answer comes from: red speaks for a "
            + "tumour, blue against; where the model's labels do not tell tumours, for and against the label that the scan is given.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _label = new("--heatmap-label")
    {
        Description = "A label of the model: the heat maps show what speaks for it and against it, whatever the answer.",
        HelpName = "NAME",
    };

    private readonly Option<HeatMapMethod?> _method = new Option<HeatMapMethod?>("--heatmap-method")
    {
        Description = string.Join(". ", HeatMapMethod.All.Select(
            (method, i) => $"{method.Name}{(i == 0 ? " (the default)" : "")}: {method.Description}")) + ".",
    }.Take([.. HeatMapMethod.All.Select(method => (method.Name, (HeatMapMethod?)method))], StringComparison.OrdinalIgnoreCase);

    public void AddTo(Command command)
    {
        command.Add(_folder);
        command.Add(_label);
        command.Add(_method);
    }

    /// <summary>What was asked for; null where no heat maps are wanted.</summary>
    /// <exception cref="GyrusException">A label or a method is named without a folder.</exception>
    public HeatMapOptions? Read(ParseResult parsed)
    {
        var (label, method) = (parsed.GetValue(_label), parsed.GetValue(_method));
        if (parsed.GetValue(_folder) is { } folder) return new HeatMapOptions(folder, method, label);
        if (label is null && method is null) return null;
        throw new GyrusException($"{(label is null ? _method.Name : _label.Name)} goes with {_folder.Name} DIR: the folder for the heat maps.");
    }
}
