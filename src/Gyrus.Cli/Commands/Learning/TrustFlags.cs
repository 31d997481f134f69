using System.CommandLine;
using Gyrus.Evaluation.TrustFitting;

namespace Gyrus.Cli.Commands.Learning;

/// <summary>The options that say what is wanted of threshold, conformal sets and doubt; <c>evaluate</c> and <c>export</c> have
/// them in common.</summary>
internal sealed class TrustFlags
{
    private readonly Option<double> _sensitivity = new("--sensitivity")
    {
        Description = "The threshold for tumour is chosen on validation so that this share of tumours is called so.",
        DefaultValueFactory = _ => new TrustOptions().Sensitivity,
    };

    private readonly Option<double> _coverage = new("--coverage")
    {
        Description = "The share of images whose conformal set is to hold their label.",
        DefaultValueFactory = _ => new TrustOptions().Coverage,
    };

    private readonly Option<double> _wrong = new("--wrong")
    {
        Description = "The share of wrong answers, tumour or not, among those that are accepted: answers that the model is not sure of are refused until "
            + "validation images have no more, a fifth of them at most. 1 refuses none for it.",
        DefaultValueFactory = _ => new TrustOptions().Wrong,
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_sensitivity);
        command.Options.Add(_coverage);
        command.Options.Add(_wrong);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="GyrusException">A value is outside its range.</exception>
    public TrustOptions Read(ParseResult parsed)
    {
        var options = new TrustOptions(parsed.GetValue(_sensitivity), parsed.GetValue(_coverage), parsed.GetValue(_wrong));
        options.Check();
        return options;
    }
}
