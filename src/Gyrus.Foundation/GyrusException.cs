namespace Gyrus;

/// <summary>
/// An error that its reader can mend: the message says which file, what is wrong and what to do. The command line
/// prints the message alone; any other exception is a defect of Gyrus and is printed with its stack.
/// </summary>
public class GyrusException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="message">Which file or option, what is wrong, what to do.</param>
    /// <param name="inner">The error behind it, if any.</param>
    public GyrusException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
