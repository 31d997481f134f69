using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Gyrus.Cli.Commands.Data;

/// <summary>What folds to make.</summary>
/// <param name="Number">How many; null where the sources decide.</param>
internal sealed record FoldsChoice(int? Number)
{
    /// <summary>Whether each source is a fold.</summary>
    public bool BySource => Number is null;
}

/// <summary>The option <c>--folds</c> of the split.</summary>
internal static class FoldsOption
{
    private const string BySource = "source";

    public static Option<FoldsChoice?> Create()
    {
        var option = new Option<FoldsChoice?>("--folds")
        {
            Description = "Make folds for cross-validation instead of parts: a number, 3 or more; or source, which makes each source a fold, to be "
                + "tested on unseen. Sources that share copies or patients fall together.",
            HelpName = "N|source",
            CustomParser = result =>
            {
                var given = result.Tokens[^1].Value;
                if (given == BySource) return new FoldsChoice(null);
                if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) return new FoldsChoice(number);
                result.AddError($"--folds is '{given}': it must be a whole number, 3 or more, or {BySource}.");
                return null;
            },
        };
        option.CompletionSources.Add(BySource);
        return option;
    }

    /// <summary>Whether the sources are asked for, of an option that may be given wrongly.</summary>
    public static bool IsBySource(OptionResult? given) => given?.Tokens is [{ Value: BySource }];
}
