using System.CommandLine;

namespace Gyrus.Cli.Terminal;

/// <summary>How a command writes its result to standard output.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>For machines.</summary>
    Json,

    /// <summary>For spreadsheets.</summary>
    Csv,
}

/// <summary>The option <c>--format</c>.</summary>
internal static class FormatOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="csv">Whether the command can write CSV too.</param>
    public static Option<OutputFormat> Create(bool csv = false)
    {
        string[] names = csv ? ["table", "json", "csv"] : ["table", "json"];
        var option = new Option<OutputFormat>("--format")
        {
            Description = $"How the result is written: {string.Join(", ", names)}.",
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => OutputFormat.Table,
            CustomParser = result =>
            {
                var name = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                int index = Array.FindIndex(names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (index < 0) result.AddError($"--format '{name}': use one of {string.Join(", ", names)}.");
                return (OutputFormat)Math.Max(index, 0);
            },
        };
        return option;
    }
}
