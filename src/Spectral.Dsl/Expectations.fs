namespace Spectral.Dsl

open System.Collections.Immutable
open Spectral.Core.Components
open Spectral.Core.Plans
open Spectral.Core.Results

/// From what the author expects to expectations of a plan's measurements, which must be able to exist.
module internal Expectations =

    open Validation

    /// What every run measures beside its analyses.
    let private always = [ "spectrum"; "training" ]

    let private among path (known: string list) (found: Located<string>) : Validation<unit> =
        if List.contains found.It known then
            Ok()
        else
            let message =
                $"{path} expects one of {Diagnostics.list known}, got '{Diagnostics.quote found.It}'"

            let help = Diagnostics.suggest known found.It null
            Validation.fail (Diagnostics.error UnmeasuredExpectation found.At message help)

    let private check (catalog: ComponentCatalog) (plan: RunPlan) path (place: PlaceSpec) : Validation<unit> =
        let measured =
            [ for analysis in plan.Analyses -> (catalog.DefinitionOf analysis).Kind ]
            @ always

        [
            match place.Quantity with
            | Some quantity ->
                among $"{path}.quantity" measured {
                    It = fst quantity.It
                    At = quantity.At
                }
            | None -> ()
            match place.At with
            | Some at -> among $"{path}.at" [ for checkpoint in plan.Jacobian.At -> checkpoint.Name ] at
            | None -> ()
            match place.Split with
            | Some split -> among $"{path}.split" (List.distinct ("train" :: List.ofSeq plan.Jacobian.Splits)) split
            | None -> ()
        ]
        |> Validation.none

    let private core (place: PlaceSpec) =
        let analysis, quantity =
            place.Quantity |> Option.map _.It |> Option.defaultValue ("", "")

        let name (found: Located<string> option) =
            found |> Option.map _.It |> Option.toObj

        MeasurementPlace(
            analysis,
            quantity,
            name place.At,
            place.Epoch |> Option.map _.It |> Option.toNullable,
            name place.Split,
            name place.Target
        )

    /// What is not said of another measurement is as in the expectation itself.
    let private within (outer: PlaceSpec) (inner: PlaceSpec) = {
        Quantity = inner.Quantity |> Option.orElse outer.Quantity
        At = inner.At |> Option.orElse outer.At
        Epoch = inner.Epoch |> Option.orElse outer.Epoch
        Split = inner.Split |> Option.orElse outer.Split
        Target = inner.Target |> Option.orElse outer.Target
    }

    let private one catalog plan index (spec: ExpectedSpec) : Validation<Expectation> =
        let path = $"expected.{index}"

        let beside key (other: PlaceSpec) (demand: MeasurementPlace -> Demand) =
            check catalog plan $"{path}.{key}" other
            |> Result.map (fun () -> demand (core (within spec.Place other)))

        validation {
            let! () = check catalog plan path spec.Place

            and! demand =
                match spec.Demand with
                | NearTo(value, tolerance) -> Ok(Near(value, tolerance) :> Demand)
                | AtLeastOf bound -> Ok(AtLeast bound)
                | AtMostOf bound -> Ok(AtMost bound)
                | MoreThanOf other -> beside "more_than" other (fun place -> MoreThan place)
                | LessThanOf other -> beside "less_than" other (fun place -> LessThan place)

            return Expectation(core spec.Place, demand, spec.Source)
        }

    /// The expectations of a plan.
    let ofSpec catalog (plan: RunPlan) (specs: ExpectedSpec list) : Validation<ImmutableArray<Expectation>> =
        specs
        |> List.mapi (one catalog plan)
        |> Validation.all
        |> Result.map ImmutableArray.CreateRange
