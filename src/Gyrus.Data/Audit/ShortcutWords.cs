using Gyrus.Data.Shortcuts;

namespace Gyrus.Data.Audit;

/// <summary>Questions and sources of the probe for shortcuts, for people.</summary>
internal static class ShortcutWords
{
    public static string Of(ShortcutQuestion question) => question switch
    {
        ShortcutQuestion.CtTumour => "tumour or healthy on CT",
        ShortcutQuestion.MriTumour => "tumour or healthy on MRI",
        _ => "the label",
    };

    /// <summary>A question and what it is answered from, in short.</summary>
    public static string Short(ShortcutResult result)
    {
        var question = result.Question switch
        {
            ShortcutQuestion.CtTumour => "CT tumour",
            ShortcutQuestion.MriTumour => "MRI tumour",
            _ => "label",
        };
        return $"{question}, from {Of(result.Source)}";
    }

    private static string Of(ShortcutSource source) => source switch
    {
        ShortcutSource.Border => "border pixels",
        ShortcutSource.Text => "writing",
        ShortcutSource.File => "size and format",
        ShortcutSource.Acquisition => "how it was imaged",
        _ => "all of these",
    };
}
