using Xunit;
using static Gyrus.UserCache;

namespace Gyrus.Foundation.Tests;

public sealed class UserCacheTests
{
    [Fact]
    public void Folder_with_gyrus_cache_set_is_below_it_on_every_system()
    {
        foreach (var system in Enum.GetValues<OperatingSystemKind>())
        {
            Assert.Equal("/big/disk/data", Find(system, ("GYRUS_CACHE", "/big/disk"), ("XDG_CACHE_HOME", "/xdg")));
        }
    }

    [Fact]
    public void Folder_with_a_relative_gyrus_cache_is_made_absolute() =>
        Assert.Equal(Path.GetFullPath("near/data"), Find(OperatingSystemKind.Linux, ("GYRUS_CACHE", "near")));

    [Fact]
    public void Folder_with_xdg_cache_home_set_is_below_it_on_linux() =>
        Assert.Equal(
            "/xdg/gyrus/data", Find(OperatingSystemKind.Linux, ("XDG_CACHE_HOME", "/xdg"), ("GYRUS_CACHE", "")));

    [Fact]
    public void Folder_with_a_relative_xdg_cache_home_passes_over_it() =>
        Assert.Equal("/home/ann/.cache/gyrus/data", Find(OperatingSystemKind.Linux, ("XDG_CACHE_HOME", "xdg")));

    [Theory]
    [InlineData(nameof(OperatingSystemKind.Linux), "/home/ann/.cache/gyrus/data")]
    [InlineData(nameof(OperatingSystemKind.MacOs), "/home/ann/Library/Caches/gyrus/data")]
    [InlineData(nameof(OperatingSystemKind.Windows), "/local/gyrus/data")]
    public void Folder_with_no_variable_set_is_the_systems_own(string system, string expected) =>
        Assert.Equal(expected, Find(Enum.Parse<OperatingSystemKind>(system)));

    [Fact]
    public void Folder_without_a_home_says_which_variable_to_set()
    {
        var error = Assert.Throws<GyrusException>(
            () => UserCache.Folder("data", _ => null, OperatingSystemKind.Linux, _ => ""));

        Assert.Contains("Set GYRUS_CACHE", error.Message, StringComparison.Ordinal);
    }

    private static string Find(OperatingSystemKind system, params (string Name, string Value)[] variables)
    {
        var set = variables.ToDictionary(v => v.Name, v => v.Value);
        return UserCache.Folder("data", set.GetValueOrDefault, system,
            folder => folder == Environment.SpecialFolder.UserProfile ? "/home/ann" : "/local");
    }
}
