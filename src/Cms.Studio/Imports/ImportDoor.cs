using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cms.Studio.Imports;

/// <summary>Sends files for an import to the server, and has them checked and imported: <c>POST /imports</c>.</summary>
/// <param name="http">A client of the server.</param>
public sealed class ImportDoor(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
        RespectNullableAnnotations = true,
    };

    /// <summary>Sends files, which the server keeps for a day.</summary>
    /// <returns>The id of the files.</returns>
    /// <exception cref="RefusedException">The files cannot be imported. The message says why.</exception>
    public async Task<string> SendAsync(
        IEnumerable<IFormFile> files,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        using MultipartFormDataContent form = [];
        foreach (var file in files)
        {
            form.Add(new StreamContent(file.OpenReadStream()), "files", file.FileName);
        }

        return (await PostAsync<ImportSent>("imports", form, caller, cancellationToken)).Id;
    }

    /// <summary>Returns what an import of the files would do.</summary>
    /// <param name="id">The id of the files.</param>
    /// <param name="trustReviews">Whether to believe the files about who reviewed the texts that AI models drafted.</param>
    public Task<ImportReport> CheckAsync(
        string id,
        bool trustReviews,
        Caller caller,
        CancellationToken cancellationToken
    ) => PostAsync<ImportReport>(AddressOf(id, trustReviews), null, caller, cancellationToken);

    /// <summary>Imports the files, if a new check has the result that the person has seen.</summary>
    /// <param name="id">The id of the files.</param>
    /// <param name="trustReviews">Whether to believe the files about who reviewed the texts that AI models drafted.</param>
    /// <param name="fingerprint">The fingerprint of the check that the person has seen.</param>
    public Task<ImportReport> RunAsync(
        string id,
        bool trustReviews,
        string fingerprint,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        PostAsync<ImportReport>(
            $"{AddressOf(id, trustReviews)}&fingerprint={Uri.EscapeDataString(fingerprint)}",
            null,
            caller,
            cancellationToken
        );

    private static string AddressOf(string id, bool trustReviews) =>
        $"imports/{Uri.EscapeDataString(id)}?trustReviews={(trustReviews ? "true" : "false")}";

    private async Task<T> PostAsync<T>(
        string address,
        HttpContent? content,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(caller);
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = content };
        caller.AddTo(request);
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken)
                ?? throw new ApiUnavailableException($"{address}: the server answered nothing.");
        }

        var detail = await DetailAsync(response, cancellationToken);
        throw response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new SignInEndedException(),
            HttpStatusCode.Forbidden when detail is not null => new NotAllowedException(detail),
            _ when detail is not null => new RefusedException(detail),
            _ => new ApiUnavailableException($"{address}: the server answered {(int)response.StatusCode}."),
        };
    }

    private static async Task<string?> DetailAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Content.Headers.ContentType is MediaTypeHeaderValue { MediaType: "application/problem+json" }
            ? (await response.Content.ReadFromJsonAsync<ImportProblem>(Json, cancellationToken))?.Detail
            : null;
}

/// <summary>The answer to files that were sent.</summary>
public sealed record ImportSent(string Id);

/// <summary>Why the server has refused something.</summary>
public sealed record ImportProblem(string? Detail);
