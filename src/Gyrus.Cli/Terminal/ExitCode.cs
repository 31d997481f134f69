namespace Gyrus.Cli.Terminal;

/// <summary>The exit codes of <c>gyrus</c>, as <c>gyrus --help</c> lists them.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>A defect of Gyrus: the error is printed with its stack.</summary>
    public const int Defect = 1;

    /// <summary>The command line or an input was wrong; the message says what to do.</summary>
    public const int UserError = 2;

    /// <summary>The work was done, but some files could not be read; each is reported.</summary>
    public const int SomeUnreadable = 3;

    /// <summary>A check failed, such as an evaluation on images that the model was trained on.</summary>
    public const int CheckFailed = 4;

    /// <summary>The user stopped the work, as a shell counts it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
