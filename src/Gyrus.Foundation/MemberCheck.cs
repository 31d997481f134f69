using System.Globalization;

namespace Gyrus;

/// <summary>
/// Checks what a file says, member by member, after it was read: JSON that can be parsed may hold numbers that mean
/// nothing. A number that is not finite is in no range.
/// </summary>
/// <param name="file">The file, as messages name it.</param>
/// <param name="remedy">What to do about a wrong member, a sentence.</param>
public sealed class MemberCheck(string file, string remedy)
{
    /// <summary>Checks that a number is from <paramref name="least"/> to <paramref name="most"/>, both allowed.</summary>
    /// <param name="member">The member's name, with dots: <c>trust.temperature</c>.</param>
    /// <param name="value">The number; null where the member may be missing and is.</param>
    /// <param name="least">The smallest that is allowed.</param>
    /// <param name="most">The largest that is allowed.</param>
    /// <exception cref="GyrusException">It is outside, or not finite.</exception>
    public void Range(string member, double? value, double least, double most)
    {
        if (value is not { } number) return;
        var wanted = most == double.MaxValue ? $"it is a finite number from {Text(least)} on" : $"it goes from {Text(least)} to {Text(most)}";
        Require(double.IsFinite(number) && number >= least && number <= most, member, Text(number), wanted);
    }

    /// <summary>Checks that a number is a share, 0 to 1.</summary>
    /// <param name="member">The member's name.</param>
    /// <param name="value">The number; null where the member may be missing and is.</param>
    /// <exception cref="GyrusException">It is no share.</exception>
    public void Share(string member, double? value) => Range(member, value, 0, 1);

    /// <summary>Checks that a number of things is not negative.</summary>
    /// <param name="member">The member's name.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="GyrusException">It is negative.</exception>
    public void Count(string member, double value) => Range(member, value, 0, double.MaxValue);

    /// <summary>Checks that a text is there and not blank.</summary>
    /// <param name="member">The member's name.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="GyrusException">It is null or blank.</exception>
    public void Named(string member, string? value) =>
        Require(!string.IsNullOrWhiteSpace(value), member, value is null ? "null" : $"'{value}'", "it is a text that is not blank");

    /// <summary>Checks that a text is a SHA-256.</summary>
    /// <param name="member">The member's name.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="GyrusException">It is none.</exception>
    public void Hash(string member, string? value) => Require(
        value is { Length: 64 } && value.All(char.IsAsciiHexDigitLower), member, value is null ? "null" : $"'{value}'",
        "it is a SHA-256, 64 hexadecimal digits in lower case");

    /// <summary>Checks anything else.</summary>
    /// <param name="holds">Whether the member is right.</param>
    /// <param name="member">The member's name.</param>
    /// <param name="found">What was found.</param>
    /// <param name="wanted">What it may be, as <c>it is …</c>.</param>
    /// <exception cref="GyrusException"><paramref name="holds"/> is false.</exception>
    public void Require(bool holds, string member, string found, string wanted)
    {
        if (!holds) throw new GyrusException($"{file}: {member} is {found}; {wanted}. {remedy}");
    }

    private static string Text(double number) => number.ToString("G", CultureInfo.InvariantCulture);
}
