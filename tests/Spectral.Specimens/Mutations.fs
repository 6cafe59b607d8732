namespace Spectral.Specimens

open System
open System.Text

/// Inputs that nobody would write: changed specs, spliced ones, random bytes and texts made to be slow.
[<AbstractClass; Sealed>]
type Mutations =

    static member private Pieces = [|
        "\n"
        "\t"
        "  "
        ": "
        "- "
        "["
        "]"
        "{"
        "}"
        ","
        "'"
        "\""
        " #"
        "&a "
        "*a"
        "!!int "
        "!x "
        "|\n"
        ">\n"
        "? "
        "<<: "
        "---\n"
        "...\n"
        "\r"
        "\000"
        "~"
        ".inf"
        ".nan"
        "-1"
        "1e999"
        "99999999999999999999"
        "0x"
        "\\u12"
        "%YAML 1.9\n"
        "2147483647"
        "-2147483648"
        "9007199254740993"
    |]

    static member private Changed (random: Random) (text: string) =
        let at = random.Next(text.Length + 1)
        let piece = Mutations.Pieces[random.Next Mutations.Pieces.Length]

        match random.Next 5 with
        | 0 -> text.Insert(at, piece)
        | 1 -> text.Remove(at, min (random.Next 20) (text.Length - at))
        | 2 ->
            let length = min (random.Next 40) (text.Length - at)
            text.Insert(random.Next(text.Length + 1), text.Substring(at, length))
        | 3 ->
            let lines = text.Split '\n'
            let from = random.Next lines.Length
            lines[random.Next lines.Length] <- lines[from]
            String.Join("\n", lines)
        | _ ->
            // A number becomes another: sizes that no machine has are what checks must survive.
            let digits = text.AsSpan(at).IndexOfAnyInRange('0', '9')

            if digits < 0 then
                text + piece
            else
                let number = string (random.NextInt64(1L <<< random.Next(1, 62)))
                text.Remove(at + digits, 1).Insert(at + digits, number)

    static member private Bomb(random: Random) =
        let text = StringBuilder("a0: &a0 [1, 1]\n")

        for level in 1 .. random.Next(2, 40) do
            text.Append($"a{level}: &a{level} [*a{level - 1}, *a{level - 1}, *a{level - 1}]\n")
            |> ignore

        text.ToString()

    static member private Nested(random: Random) =
        let opening = Mutations.Pieces[random.Next Mutations.Pieces.Length]
        String.replicate (random.Next(1, 3000)) opening

    /// <summary>One input, the bytes of a file.</summary>
    /// <param name="random">Decides which; equal states give equal inputs.</param>
    /// <param name="corpus">Specs to change.</param>
    static member Next(random: Random, corpus: string array) : byte array =
        let one () = corpus[random.Next corpus.Length]

        match random.Next 20 with
        | 0 ->
            let bytes = Array.zeroCreate<byte>(random.Next 4000)
            random.NextBytes bytes
            bytes
        | 1 -> Encoding.UTF8.GetBytes(Mutations.Bomb random)
        | 2 -> Encoding.UTF8.GetBytes(Mutations.Nested random)
        | 3 ->
            let bytes = Encoding.UTF8.GetBytes(one ())

            for _ in 1 .. random.Next(1, 8) do
                bytes[random.Next bytes.Length] <- byte (random.Next 256)

            bytes
        | 4 ->
            let left, right = one (), one ()
            Encoding.UTF8.GetBytes(left[.. random.Next left.Length] + right[random.Next right.Length ..])
        | _ ->
            seq { 1 .. random.Next(1, 6) }
            |> Seq.fold (fun text _ -> Mutations.Changed random text) (one ())
            |> Encoding.UTF8.GetBytes
