using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

namespace Gyrus.Testing.Order;

/// <summary>
/// Orders collections, classes, methods and cases by their names and the run's seed. xunit's own order is by identifiers that hold the
/// folder of the checkout: the same in every run of one, and another in the next.
/// </summary>
public sealed class TestOrder : ITestCollectionOrderer, ITestClassOrderer, ITestMethodOrderer, ITestCaseOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        Shuffle(testCollections, collection => collection.TestCollectionDisplayName);

    public IReadOnlyCollection<TTestClass?> OrderTestClasses<TTestClass>(
        IReadOnlyCollection<TTestClass?> testClasses) where TTestClass : notnull, ITestClass =>
        Shuffle(testClasses, test => test?.TestClassName);

    public IReadOnlyCollection<TTestMethod?> OrderTestMethods<TTestMethod>(
        IReadOnlyCollection<TTestMethod?> testMethods) where TTestMethod : notnull, ITestMethod =>
        Shuffle(testMethods, method => method?.MethodName);

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(
        IReadOnlyCollection<TTestCase> testCases) where TTestCase : notnull, ITestCase =>
        Shuffle(testCases, test => test.TestCaseDisplayName);

    private static List<T> Shuffle<T>(IEnumerable<T> tests, Func<T, string?> name) => Shuffle(tests, name, Randomizer.Seed);

    /// <summary>Orders by a hash, so that a test that is new, or a filter, leaves the order of the others as it is.</summary>
    public static List<T> Shuffle<T>(IEnumerable<T> tests, Func<T, string?> name, int seed) =>
        [.. tests.OrderBy(test => Place(name(test), seed)).ThenBy(name, StringComparer.Ordinal)];

    private static UInt128 Place(string? name, int seed) => BinaryPrimitives.ReadUInt128BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {name}"))));
}
