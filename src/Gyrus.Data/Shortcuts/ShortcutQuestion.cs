namespace Gyrus.Data.Shortcuts;

/// <summary>What is guessed from what is not brain.</summary>
public enum ShortcutQuestion
{
    /// <summary>The label.</summary>
    Label,

    /// <summary>Tumour or healthy, among CT images alone.</summary>
    CtTumour,

    /// <summary>Tumour or healthy, among MRI images alone.</summary>
    MriTumour,
}
