// Asks a running service about scans, with .NET's own HttpClient:
//     dotnet run examples/service.cs http://127.0.0.1:8080 samples/synthetic-ct-lesion.png ...
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var client = new HttpClient { BaseAddress = new Uri(args[0]) };
foreach (var path in args[1..])
{
    using var image = new ByteArrayContent(File.ReadAllBytes(path));
    image.Headers.ContentType = new MediaTypeHeaderValue("image/png");
    using var response = await client.PostAsync(new Uri("/v1/classify", UriKind.Relative), image);
    response.EnsureSuccessStatusCode();
    using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    var fields = answer.RootElement;
    Console.WriteLine(fields.GetProperty("accepted").GetBoolean()
        ? $"{path}: {fields.GetProperty("verdict")}, probability of a tumour {fields.GetProperty("tumour").GetDouble():0.00}; "
            + $"cannot be ruled out: {string.Join(", ", fields.GetProperty("set").EnumerateArray())}"
        : $"{path}: no answer. {fields.GetProperty("reason")}");
}
