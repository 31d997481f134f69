using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Xunit.Sdk;
using Xunit.v3;

namespace Gyrus.Testing.Order;

/// <summary>
/// xunit with a new seed, and so a new order of the tests, at each run; the seed is printed. <c>GYRUS_TEST_SEED</c>, or xunit's own
/// option, repeats an order.
/// </summary>
public sealed class SeededFramework(string? configFileName) : XunitTestFramework(configFileName)
{
    private const string Variable = "GYRUS_TEST_SEED";

    private readonly string? _configFileName = configFileName;

    public SeededFramework() : this(null)
    {
    }

    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) =>
        new Executor(new XunitTestAssembly(assembly, _configFileName));

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override async ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions,
            CancellationToken cancellationToken)
        {
            if (executionOptions.Seed() is null) Randomizer.Seed = Seed();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{TestAssembly.AssemblyName.Split(',')[0]}: order of tests from {Variable}={Randomizer.Seed}"));
            await base.RunTestCases(testCases, executionMessageSink, executionOptions, cancellationToken);
        }
    }

    private static int Seed() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : RandomNumberGenerator.GetInt32(1, int.MaxValue);
}
