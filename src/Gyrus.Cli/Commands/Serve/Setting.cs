using System.CommandLine;

namespace Gyrus.Cli.Commands.Serve;

/// <summary>A setting of the service that an option or, where that is not given, a variable of the environment sets.</summary>
/// <param name="name">The option's name.</param>
/// <param name="variable">The variable's name; one that is empty sets nothing, as where a platform passes on what is not there.</param>
/// <param name="helpName">What stands for the value in the help.</param>
/// <param name="description">What it sets.</param>
/// <param name="wanted">What the value must be, as the rest of a sentence.</param>
/// <param name="parse">Reads a value; null where it is none.</param>
internal sealed class Setting<T>(
    string name, string variable, string helpName, string description, string wanted, Func<string, T?> parse)
    where T : struct
{
    private readonly Option<string?> _option = new(name) { Description = $"{description} Or by {variable}.", HelpName = helpName };

    /// <summary>The option.</summary>
    public Option Option => _option;

    /// <summary>The option and the variable, for messages.</summary>
    public string Names => $"{name} ({variable})";

    /// <summary>What is set; null where nothing is.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="environment">A variable's value; null where there is none.</param>
    /// <exception cref="GyrusException">The value is none.</exception>
    public T? Read(ParseResult parsed, Func<string, string?> environment)
    {
        var given = parsed.GetValue(_option);
        var text = given ?? environment(variable);
        if (given is null && string.IsNullOrEmpty(text)) return null;
        return parse(text!) ?? throw new GyrusException($"{(given is null ? variable : name)} is '{text}': it must be {wanted}.");
    }
}
