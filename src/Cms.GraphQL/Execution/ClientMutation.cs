using System.Security.Cryptography;
using System.Text.Json;

namespace Cms.GraphQL.Execution;

/// <summary>The mutation that the client has named, so that it is carried out only once.</summary>
public sealed class ClientMutation
{
    /// <summary>The maximum length of <see cref="Id" />, with the item of a mutation that consists of several.</summary>
    public const int MaxStoredLength = MutationInput.MaxIdLength + 40;

    private static readonly AsyncLocal<ClientMutation?> Ambient = new();
    private static readonly AsyncLocal<string?> AmbientField = new();

    private ClientMutation(string id, string field, string inputHash, Type result) =>
        (Id, Field, InputHash, Result) = (id, field, inputHash, result);

    /// <summary>
    /// The mutation that the calling asynchronous method carries out; null if there is none or the client has not named
    /// it.
    /// </summary>
    public static ClientMutation? Current => Ambient.Value;

    /// <summary>
    /// The name of the field of the mutation that the calling asynchronous method carries out, whether or not the client
    /// has named the mutation; null if there is none.
    /// </summary>
    public static string? CurrentField => AmbientField.Value;

    /// <summary>The id that the client has made up.</summary>
    public string Id { get; }

    /// <summary>The name of the mutation's field.</summary>
    public string Field { get; }

    /// <summary>The SHA-256 hash of the input without the id, in hexadecimal.</summary>
    public string InputHash { get; }

    /// <summary>The type of the mutation's result.</summary>
    public Type Result { get; }

    /// <summary>
    /// Makes one item of the current mutation, such as one of several articles, a mutation of its own in the calling
    /// asynchronous method. Does nothing if the client has not named the mutation.
    /// </summary>
    /// <param name="item">The item's id.</param>
    /// <param name="result">The type of the item's result.</param>
    public static void BeginItem(string item, Type result) =>
        Ambient.Value = Current is { } whole
            ? new ClientMutation($"{whole.Id}/{item}", whole.Field, whole.InputHash, result)
            : null;

    /// <summary>Makes a mutation the current one in the calling asynchronous method and the methods it calls.</summary>
    /// <param name="input">The mutation's input.</param>
    /// <param name="field">The name of the mutation's field.</param>
    /// <param name="result">The type of the mutation's result.</param>
    /// <exception cref="RequestError">The id is empty or too long.</exception>
    internal static void Begin(MutationInput input, string field, Type result)
    {
        if (
            input.ClientMutationId is { } id
            && (string.IsNullOrWhiteSpace(id) || id.Length > MutationInput.MaxIdLength || id != id.Trim())
        )
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                $"A clientMutationId has 1 to {MutationInput.MaxIdLength} characters, and does not begin or end with a space."
            );
        }

        AmbientField.Value = field;
        Ambient.Value = input.ClientMutationId is { } given
            ? new ClientMutation(given, field, HashOf(input), result)
            : null;
    }

    private static string HashOf(MutationInput input) =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(input, input.GetType())));
}
