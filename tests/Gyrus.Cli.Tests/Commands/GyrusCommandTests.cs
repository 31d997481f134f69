using Gyrus.Cli.Commands;
using Xunit;

namespace Gyrus.Cli.Tests.Commands;

public sealed class GyrusCommandTests
{
    [Fact]
    public void A_command_that_is_named_is_made_alone_and_as_among_all()
    {
        var all = GyrusCommand.Create();
        Assert.NotEmpty(all.Subcommands);

        foreach (var command in all.Subcommands)
        {
            var alone = Assert.Single(GyrusCommand.Create(command.Name, "--help").Subcommands);
            Assert.Equal(command.Name, alone.Name);
            Assert.Equal(command.Options.Select(option => option.Name), alone.Options.Select(option => option.Name));
            Assert.Equal(command.Subcommands.Select(sub => sub.Name), alone.Subcommands.Select(sub => sub.Name));
        }
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("clasify")]
    [InlineData("--version")]
    public void Without_a_command_all_are_there(params string[] arguments) =>
        Assert.Equal(GyrusCommand.Create().Subcommands.Count, GyrusCommand.Create(arguments).Subcommands.Count);
}
