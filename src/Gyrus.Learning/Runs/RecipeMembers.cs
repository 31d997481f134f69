using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Gyrus.Learning.Runs;

/// <summary>The members that a recipe's JSON has, and what is wrong with one, in words that name it.</summary>
internal static class RecipeMembers
{
    /// <summary>How a recipe is written: all of it, so that it says the same to a Gyrus with other defaults.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WriteAll } },
    };

    /// <summary>How its text is read.</summary>
    public static JsonDocumentOptions Reading { get; } = new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    private static readonly JsonObject Whole = JsonSerializer.SerializeToNode(
        new TrainingRecipe { FineTune = new(), Start = new("", ""), Distil = new("", "") }, Options)!.AsObject();

    /// <summary>Checks that all members are there, and none else.</summary>
    /// <param name="path">The file, as messages name it.</param>
    /// <param name="members">What it holds.</param>
    /// <param name="remedy">What to do about it, a sentence.</param>
    /// <exception cref="GyrusException">One is missing, or unknown.</exception>
    public static void RequireAll(string path, JsonObject members, string remedy) => RequireAll(path, members, Whole, "", remedy);

    private static void RequireAll(string path, JsonObject given, JsonObject wanted, string at, string remedy)
    {
        if (given.FirstOrDefault(member => !wanted.ContainsKey(member.Key)).Key is { } unknown)
        {
            throw new GyrusException(
                $"{path}: {at}{unknown} is no member of a recipe. There are here {string.Join(", ", wanted.Select(member => at + member.Key))}. {remedy}");
        }
        foreach (var (name, value) in wanted)
        {
            if (!given.TryGetPropertyValue(name, out var there))
                throw new GyrusException($"{path}: {at}{name} is missing. A recipe says all that was chosen. {remedy}");
            if (value is JsonObject inner && there is JsonObject below) RequireAll(path, below, inner, $"{at}{name}.", remedy);
        }
    }

    /// <summary>What is wrong with a member that holds what it cannot.</summary>
    /// <param name="json">The recipe.</param>
    /// <param name="path">The member as the JSON reader names it, such as <c>$.training.epochs</c>.</param>
    public static string Fault(JsonNode json, string path)
    {
        var type = typeof(TrainingRecipe);
        var node = json;
        foreach (var step in path.Split('.').Skip(1))
        {
            var name = step.Split('[')[0];
            type = Options.GetTypeInfo(type).Properties.FirstOrDefault(property => property.Name == name)?.PropertyType ?? typeof(object);
            node = (node as JsonObject)?[name];
            if (step.Length > name.Length)
            {
                type = type.GetGenericArguments().FirstOrDefault() ?? typeof(object);
                node = node is JsonArray list && int.TryParse(step.AsSpan()[(name.Length + 1)..^1], CultureInfo.InvariantCulture, out int place) && place < list.Count ? list[place] : node;
            }
        }
        return $"{string.Join('.', path.Split('.').Skip(1))} is {node?.ToJsonString() ?? "null"}; it must be {Wanted(Nullable.GetUnderlyingType(type) ?? type)}.";
    }

    private static string Wanted(Type type) =>
        type == typeof(int) ? $"a whole number, at most {int.MaxValue}"
        : type == typeof(double) ? "a number, such as 0.5"
        : type == typeof(bool) ? "true or false"
        : type == typeof(string) ? "a text"
        : type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))
        : type.IsGenericType ? "a list"
        : "an object with members of its own";

    private static void WriteAll(JsonTypeInfo type)
    {
        foreach (var property in type.Properties) property.ShouldSerialize = (_, _) => true;
    }
}
